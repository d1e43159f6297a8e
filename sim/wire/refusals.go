package wire

// Refusals are the errors in a response: its own, and those of its parts. A broker counts each of them
// (AbstractResponse.errorCounts).
func Refusals(b Body) []Error {
	var out []Error
	for _, e := range errorsIn(b) {
		if e != None {
			out = append(out, e)
		}
	}
	return out
}

func errorsIn(b Body) []Error {
	switch b := b.(type) {
	case *ProduceResponse:
		return parts(b.Partitions, func(p *ProduceResult) Error { return p.Err })
	case *FetchResponse:
		return parts(b.Partitions, func(p *FetchResult) Error { return p.Err })
	case *ListOffsetsResponse:
		return parts(b.Partitions, func(p *ListOffsetsResult) Error { return p.Err })
	case *OffsetForLeaderEpochResponse:
		return parts(b.Partitions, func(p *OffsetForLeaderEpochResult) Error { return p.Err })
	case *MetadataResponse:
		return parts(b.Partitions, func(p *PartitionMetadata) Error { return p.Err })
	case *AlterPartitionResponse:
		return append(parts(b.Partitions, func(p *AlterResult) Error { return p.Err }), b.Err)
	case *AddPartitionsToTxnResponse:
		return append(parts(b.Partitions, func(p *PartitionError) Error { return p.Err }), b.Err)
	case *WriteTxnMarkersResponse:
		return parts(b.Results, func(p *MarkerResult) Error { return p.Err })
	}
	return []Error{soleError(b)}
}

func parts[T any](all []T, of func(*T) Error) []Error {
	var out []Error
	for i := range all {
		out = append(out, of(&all[i]))
	}
	return out
}

// soleError is the error of a response that has just one.
func soleError(b Body) Error {
	switch b := b.(type) {
	case *FindCoordinatorResponse:
		return b.Err
	case *JoinGroupResponse:
		return b.Err
	case *SyncGroupResponse:
		return b.Err
	case *HeartbeatResponse:
		return b.Err
	case *LeaveGroupResponse:
		return b.Err
	case *ConsumerGroupHeartbeatResponse:
		return b.Err
	case *OffsetCommitResponse:
		return b.Err
	case *OffsetFetchResponse:
		return b.Err
	case *InitProducerIdResponse:
		return b.Err
	case *AddOffsetsToTxnResponse:
		return b.Err
	case *TxnOffsetCommitResponse:
		return b.Err
	case *EndTxnResponse:
		return b.Err
	case *BrokerRegistrationResponse:
		return b.Err
	case *BrokerHeartbeatResponse:
		return b.Err
	case *QuorumFetchResponse:
		return b.Err
	}
	return None
}
