// Package converse lets a test talk to one node: its peers are dummies that say what a file of
// testdata tells them to say, and all that the node answers, asks, tells and waits for is written
// down below. The files are rewritten with `go test -rewrite`; a person reads the difference.
//
//	p1 asks Produce acks=1 orders-0: batch=m1,m2      a peer sends a request
//	b2 answers Fetch orders-0: batches=m1,m2@0/1      a peer answers what it was asked
//	fire linger                                       a timer rings, due or not
//	wait 5ms                                          the clock runs
//	crash b2                                          any event or act of a world
//
// Requests and responses are written by the fields of package wire. A batch is written m1,m2@0/1:
// its messages, base offset and leader epoch; from an idempotent producer m1,m2~7/0/3: its id, epoch
// and base sequence; where an epoch ends 1@5: epoch 1 ends at offset 5.
//
// Connections take no time, and every packet arrives before the next line is read.
package converse
