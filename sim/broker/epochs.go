package broker

import "example.com/ksim/sim/wire"

// EpochStart says at which offset a leader epoch begins.
type EpochStart struct {
	Epoch int32
	Start int64
}

// assign adds an epoch to the cache: a new leader at its election, everybody else when a batch of
// a new epoch arrives. Entries that the new one contradicts go (LeaderEpochFileCache.assign).
func (l *Log) assign(epoch int32, start int64) {
	n := len(l.Epochs)
	if n > 0 && l.Epochs[n-1].Epoch == epoch && l.Epochs[n-1].Start <= start {
		return
	}
	for n > 0 && (l.Epochs[n-1].Epoch >= epoch || l.Epochs[n-1].Start >= start) {
		n--
	}
	l.Epochs = append(l.Epochs[:n], EpochStart{epoch, start})
}

func (l *Log) truncateEpochs(end int64) {
	n := len(l.Epochs)
	for n > 0 && l.Epochs[n-1].Start >= end {
		n--
	}
	l.Epochs = l.Epochs[:n]
}

// raiseEpochs follows the log's start: the entry that holds it begins there now, earlier ones go
// (LeaderEpochFileCache.truncateFromStart).
func (l *Log) raiseEpochs(start int64) {
	n := 0
	for n < len(l.Epochs) && l.Epochs[n].Start <= start {
		n++
	}
	if n == 0 {
		return
	}
	l.Epochs = append([]EpochStart{{l.Epochs[n-1].Epoch, start}}, l.Epochs[n:]...)
}

// lastEpoch is the epoch of the last entry, NoEpoch in an empty cache.
func (l *Log) lastEpoch() int32 {
	if len(l.Epochs) == 0 {
		return wire.NoEpoch
	}
	return l.Epochs[len(l.Epochs)-1].Epoch
}

// endOf tells the largest epoch at or below the one asked for, and where it ends. An epoch that
// is unknown because it is newer than all gives NoEpoch (LeaderEpochFileCache.endOffsetFor, KIP-279).
func (l *Log) endOf(epoch int32) wire.EpochEnd {
	unknown := wire.EpochEnd{Epoch: wire.NoEpoch, End: wire.NoOffset}
	if epoch == wire.NoEpoch || len(l.Epochs) == 0 || epoch > l.lastEpoch() {
		return unknown
	}
	if epoch == l.lastEpoch() {
		return wire.EpochEnd{Epoch: epoch, End: l.End()}
	}
	if epoch < l.Epochs[0].Epoch {
		return wire.EpochEnd{Epoch: epoch, End: l.Epochs[0].Start}
	}
	i := 0
	for l.Epochs[i+1].Epoch <= epoch {
		i++
	}
	return wire.EpochEnd{Epoch: l.Epochs[i].Epoch, End: l.Epochs[i+1].Start}
}

// Had tells whether a record of an epoch at an offset can ever have been in the log: one that has parted from it has other
// epochs there. Of an epoch of which a cleaner has left nothing, a follower that copies the log later does not know.
func (l *Log) Had(epoch int32, offset int64) bool {
	if offset >= l.endOf(epoch).End {
		return false
	}
	i := l.find(offset)
	return i == l.Batches.Len() || l.Batches.At(i).Epoch >= epoch
}

// endsOfEpochs tells consumers where leader epochs end: the latest one at the log's end, not at the
// high watermark (Partition.lastOffsetForLeaderEpoch).
func (b *Broker) endsOfEpochs(req *wire.OffsetForLeaderEpochRequest) *wire.OffsetForLeaderEpochResponse {
	answer := &wire.OffsetForLeaderEpochResponse{}
	for _, p := range req.Partitions {
		res := wire.OffsetForLeaderEpochResult{
			At: p.At, LeaderEpoch: wire.NoEpoch, EndOffset: wire.NoOffset,
		}
		if res.Err = b.checkEpoch(b.replica(p.At), p.CurrentEpoch); res.Err == wire.None {
			end := b.log(p.At).endOf(p.LeaderEpoch)
			res.LeaderEpoch, res.EndOffset = end.Epoch, end.End
		}
		answer.Partitions = append(answer.Partitions, res)
	}
	return answer
}
