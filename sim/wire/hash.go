package wire

// GroupPartition is the partition of __consumer_offsets that holds a group
// (GroupCoordinatorService.partitionFor).
func GroupPartition(g GroupID, partitions int32) int16 { return coordinated(string(g), partitions) }

// TransactionPartition is the partition of __transaction_state that holds a transactional.id
// (TransactionStateManager.partitionFor).
func TransactionPartition(id TransactionalID, partitions int32) int16 {
	return coordinated(string(id), partitions)
}

// coordinated is the partition of an internal topic that holds a name: the absolute value of Java's hash
// of it, modulo the topic's partitions (Utils.abs). Names are taken to be ASCII.
func coordinated(name string, partitions int32) int16 {
	var h int32
	for _, c := range []byte(name) {
		h = 31*h + int32(c)
	}
	switch {
	case h == -1<<31:
		h = 0
	case h < 0:
		h = -h
	}
	return int16(h % partitions)
}
