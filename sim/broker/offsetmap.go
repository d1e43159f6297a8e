package broker

import "example.com/ksim/sim/wire"

// offsetMap is the last offset of each key in what a cleaner has looked at (OffsetMap).
type offsetMap struct {
	keys   map[string]int64 // looked up, never ranged
	latest int64            // it has looked at everything up to here
}

// mapKeys looks at the dirty part of a log, up to where the map is full. What was aborted does not count
// (Cleaner.buildOffsetMap).
func (l *Log) mapKeys(from, to int64, room int64) offsetMap {
	m := offsetMap{keys: map[string]int64{}, latest: from - 1}
	var txns cleanedTxns
	txns.expect(l.endedIn(from, to))
	for i := l.find(from); i < l.Batches.Len() && l.Batches.At(i).Base < to; i++ {
		b := l.Batches.At(i)
		if over := txns.over(b); b.Marker == wire.NoMarker && !over {
			for offset, r := range b.All() {
				switch {
				case !r.Keyed || offset < from:
				case int64(len(m.keys)) == room:
					return m
				default:
					m.keys[r.Key], m.latest = offset, offset
				}
			}
		}
		m.latest = b.Next() - 1
	}
	m.latest = to - 1
	return m
}

// keeps tells whether no record that it has looked at has the same key and a higher offset
// (Cleaner.shouldRetainRecord).
func (m *offsetMap) keeps(offset int64, r *wire.Record) bool {
	last, there := m.keys[r.Key]
	return offset > m.latest || r.Keyed && (!there || offset >= last)
}
