package consumer

import (
	"cmp"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// abortedIn are the offsets of the batches of an answer whose transaction was aborted. One that begins at or
// before the end of a batch counts from there on, until its marker (CompletedFetch.consumeAbortedTransactionsUpTo,
// .isBatchAborted). Who reads everything leaves nothing out.
func abortedIn(res *wire.FetchResult) []int64 {
	begins := slices.SortedFunc(slices.Values(res.Aborted), func(a, b wire.AbortedTxn) int {
		return cmp.Compare(a.First, b.First)
	})
	var producers, out []int64 // those whose transaction here is one that was aborted
	for _, b := range res.Batches {
		for len(begins) > 0 && begins[0].First < b.Next() {
			producers = append(producers, begins[0].ID)
			begins = begins[1:]
		}
		switch {
		case b.Marker == wire.AbortMarker:
			producers = slices.DeleteFunc(producers, func(id int64) bool { return id == b.ProducerID })
		case b.Marker == wire.NoMarker && b.Transactional && slices.Contains(producers, b.ProducerID):
			out = append(out, b.Base)
		}
	}
	return out
}

// passes tells whether the application gets nothing of a batch: it is a marker, or was aborted
// (CompletedFetch.nextFetchedRecord).
func (p *Part) passes(b *wire.Batch) bool {
	return b.Marker != wire.NoMarker || slices.Contains(p.Aborted, b.Base)
}

// pass moves the position over a batch that the application gets nothing of.
func (c *Consumer) pass(p *Part, b *wire.Batch, out *sim.Out) {
	if left := b.Records[b.From(p.Position):]; b.Marker == wire.NoMarker && len(left) > 0 {
		out.Tell(wire.Note{Kind: wire.LeftOut, Node: c.Self, At: p.At, Offset: p.Position, To: b.Next(),
			Records: left})
	}
	p.Position, p.OffsetEpoch = b.Next(), b.Epoch
}

// discard forgets what is fetched and not yet returned.
func (p *Part) discard() { p.Buffer, p.Aborted = nil, nil }
