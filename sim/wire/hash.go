package wire

// GroupPartition is the partition of __consumer_offsets that holds a group: the absolute value of
// Java's hash of group.id, modulo the topic's partitions (GroupCoordinatorService.partitionFor,
// Utils.abs). Group ids are taken to be ASCII.
func GroupPartition(g GroupID, partitions int32) int16 {
	var h int32
	for _, c := range []byte(g) {
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
