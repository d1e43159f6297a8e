package tui

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// transacted is the gist of what is said about transactions; empty if a body says nothing of them.
func (t *teller) transacted(b wire.Body) string {
	switch b := b.(type) {
	case *wire.InitProducerIdRequest:
		return string(b.Transaction)
	case *wire.InitProducerIdResponse:
		return t.outcome(b.Err, whose(b.ID, b.Epoch))
	case *wire.AddPartitionsToTxnRequest:
		return string(b.Transaction) + " " + each(b.Partitions, t.partition)
	case *wire.EndTxnRequest:
		return wire.MarkerOf(b.Commit).String() + " " + string(b.Transaction)
	case *wire.WriteTxnMarkersRequest:
		return each(b.Markers, func(m *wire.TxnMarker) string {
			return m.Marker.String() + " in " + each(m.Partitions, t.partition)
		})
	case *wire.WriteTxnMarkersResponse:
		refused := slices.DeleteFunc(slices.Clone(b.Results), func(r wire.MarkerResult) bool { return r.Err == wire.None })
		return cmp.Or(each(refused, func(r *wire.MarkerResult) string {
			return t.names.Partition(r.At) + " " + r.Err.String()
		}), "written")
	}
	return ""
}

func (t *teller) partition(at *wire.Partition) string { return t.names.Partition(*at) }
