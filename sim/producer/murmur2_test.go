package producer

import "testing"

// The vectors of Kafka's own UtilsTest.testMurmur2, and the empty key.
func TestMurmur2IsKafkas(t *testing.T) {
	for key, want := range map[string]int32{
		"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536,
		"a-little-bit-longer-string":                       -1486304829,
		"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
		"abc": 479470107, "": 275646681, "user-1": 1404122828,
	} {
		if got := murmur2(key); got != want {
			t.Errorf("murmur2(%q) = %d, want %d", key, got, want)
		}
	}
}

func TestAKeysPartitionIsWhereKafkaPutsIt(t *testing.T) {
	for _, row := range []struct {
		key        string
		partitions int
		want       int16
	}{
		{"user-1", 3, 2}, {"user-1", 4, 0}, {"user-1", 1, 0},
		{"21", 2, 0}, // a negative hash loses its sign, not its value
	} {
		if got := keyPartition(row.key, row.partitions); got != row.want {
			t.Errorf("%q of %d partitions is at %d, want %d", row.key, row.partitions, got, row.want)
		}
	}
}
