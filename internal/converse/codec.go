package converse

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// packed is what a batch's codec puts before its records: "gzip/".
func packed(b *wire.Batch) string {
	if b.Codec == wire.Uncompressed {
		return ""
	}
	return b.Codec.String() + "/"
}

// cutCodec takes the codec off a batch's records.
func cutCodec(text string) (records string, c wire.Codec) {
	if name, rest, ok := strings.Cut(text, "/"); ok {
		if c, err := parseCodec(name); err == nil {
			return rest, c
		}
	}
	return text, wire.Uncompressed
}

// pack compresses a batch on the codec's default level.
func pack(b *wire.Batch, c wire.Codec) *wire.Batch {
	if c == wire.Uncompressed {
		return b
	}
	return codec.Pack(b, wire.Compression{Codec: c, Level: wire.DefaultLevels[c]})
}

func parseCodec(name string) (wire.Codec, error) {
	if i := slices.Index(wire.CodecNames[:], name); i >= 0 {
		return wire.Codec(i), nil
	}
	return 0, fmt.Errorf("there is no codec %q", name)
}

func parsePayload(name string) (wire.Payload, error) {
	if i := slices.Index(wire.PayloadNames[:], name); i >= 0 {
		return wire.Payload(i), nil
	}
	return 0, fmt.Errorf("there is no payload %q", name)
}
