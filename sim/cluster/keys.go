package cluster

import (
	"encoding/hex"
	"strings"
)

// keys reads the keys of records: a text, or its bytes as 0x00000001.
func (p *plan) keys(texts []string, path string) []string {
	var out []string
	for _, text := range texts {
		key := text
		if digits, found := strings.CutPrefix(text, "0x"); found {
			bytes, err := hex.DecodeString(digits)
			if err != nil {
				p.wrong(path+".keys", "%q: a key that begins with 0x is its bytes, two hexadecimal digits each", text)
			}
			key = string(bytes)
		}
		out = append(out, key)
	}
	return out
}
