package cluster

import (
	"fmt"
	"strconv"
	"strings"
)

// Release is a release of Kafka: 2.8 is {2, 8}, 0.8.2 is {0, 8, 2}.
type Release [3]int

// The releases that the model spans.
var (
	Oldest = Release{0, 8, 2}
	Newest = Release{4, 1}
)

func (r Release) String() string {
	text := fmt.Sprintf("%d.%d", r[0], r[1])
	if r[2] > 0 {
		text += "." + strconv.Itoa(r[2])
	}
	return text
}

// Before tells whether r is older than o.
func (r Release) Before(o Release) bool {
	for i := range r {
		if r[i] != o[i] {
			return r[i] < o[i]
		}
	}
	return false
}

// ParseRelease reads "2.8" or "0.10.2"; nothing is the newest.
func ParseRelease(text string) (Release, error) {
	if text == "" {
		return Newest, nil
	}
	var r Release
	parts := strings.Split(text, ".")
	ok := len(parts) == 2 || len(parts) == 3
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if ok = ok && err == nil && n >= 0 && strconv.Itoa(n) == part; ok {
			r[i] = n
		}
	}
	if !ok {
		return Newest, fmt.Errorf("%q is not a release of Kafka: write one like 2.8 or 0.10.2", text)
	}
	if r.Before(Oldest) || Newest.Before(r) {
		return Newest, fmt.Errorf("%s is not between %s and %s", text, Oldest, Newest)
	}
	return r, nil
}

// Was is what a setting's default was before a release.
type Was struct {
	Before  Release
	Default string
}

// Absent says why a release does not have the row's setting; empty if it does.
func (r *SettingRow) Absent(v Release) string {
	switch {
	case v.Before(r.Since):
		return fmt.Sprintf("%s came with Kafka %s, and this is %s", r.Name, r.Since, v)
	case r.Until != (Release{}) && !v.Before(r.Until):
		return fmt.Sprintf("%s went with Kafka %s, and this is %s", r.Name, r.Until, v)
	}
	return ""
}

// In is the row's default in a release.
func (r *SettingRow) In(v Release) string {
	for _, was := range r.Was {
		if v.Before(was.Before) {
			return was.Default
		}
	}
	return r.Default
}
