// Package codec says how many bytes a record batch takes once it is compressed. It makes the bytes
// that Kafka would write (DefaultRecord) with values made up from the records' names, runs a real
// codec over them, and measures. The bytes themselves go nowhere: nodes and wire carry sizes.
//
// Sizes depend on nothing but the records, the payload, the codec and its level: every call has an
// encoder of its own, in one thread, and the libraries' assembly gives the bytes of their Go code.
// A new version of a library may give other sizes, and with them other runs; that is why go.mod
// pins them, why gzip is not the standard library's (which changes with the Go release) and why
// sizes_test.go has their sizes in full.
//
// The libraries are not Kafka's (zlib, snappy-java, lz4-java, zstd-jni), only the formats are; a
// level of theirs finds other matches than a level of Kafka's. MODEL.md says by how much.
package codec
