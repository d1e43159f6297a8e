package value

import "pgregory.net/rapid"

// item is an element that is only a number.
type item uint64

func (i item) Sum(h Hash, _ bool) Hash { return h.Add(uint64(i)) }

var anItem = rapid.Custom(func(t *rapid.T) item { return item(rapid.IntRange(0, 5).Draw(t, "item")) })

// aLength lies often around the edges of chunks.
var aLength = rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(chunkLen-2, chunkLen+2),
	rapid.IntRange(2*chunkLen-1, 2*chunkLen+1), rapid.IntRange(rowsLen-1, 2*rowsLen+1))
