package tui

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/cellbuf"
)

// TestAPictureIsAnImage: it is well-formed, and every word of the screen is in it.
func TestAPictureIsAnImage(t *testing.T) {
	s, size := read(t, "leader-crash"), Size{80, 24}
	drawn, err := Picture(s, Options{}, size, []string{"end", "4"})
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	d := xml.NewDecoder(strings.NewReader(drawn))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			words.WriteString(string(text) + " ")
		}
	}
	m := stage(s, look{w: 80, h: 24})
	press(m, "end 4")
	for _, w := range strings.Fields(text(m)) {
		if !strings.ContainsAny(w, "│┃─━╭╮╰╯┏┓┗┛✗▐▶…") && !strings.Contains(words.String(), w) {
			t.Errorf("%q is not in the picture", w)
		}
	}
}

// TestACastEndsWithTheScreen: its frames, painted one over the other, are what a terminal would show in the end.
func TestACastEndsWithTheScreen(t *testing.T) {
	s, size := read(t, "leader-crash"), Size{100, 30}
	cast, err := Cast(s, Options{}, size, []string{"n*30", "w", "esc"})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(cast), "\n")
	screen, marks := make([]string, size.H), 0
	for _, l := range lines[1:] {
		var e [3]any
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		if e[1] == "m" {
			marks++
			continue
		}
		paintOver(screen, e[2].(string))
	}
	m := stage(s, look{w: 100, h: 30})
	for range 30 {
		press(m, "n")
	}
	if got, want := strings.Join(screen, "\n"), m.View(); got != want {
		t.Errorf("it ends with\n%s\nwant\n%s", got, want)
	}
	if marks == 0 {
		t.Error("no moment is marked")
	}
}

// paintOver does what a terminal does with a frame.
func paintOver(screen []string, frame string) {
	for _, part := range strings.Split(frame, "\x1b[K") {
		for y := range screen {
			lead := "\x1b[" + strconv.Itoa(y+1) + ";1H"
			if _, line, ok := strings.Cut(part, lead); ok {
				screen[y] = line
			}
		}
	}
}

func TestKeysOfAPicture(t *testing.T) {
	if got, err := presses([]string{"n*3", "*", "end", ":"}); err != nil || strings.Join(got, " ") != "n n n * end :" {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range []string{"n*0", "n*x", "n*99999999"} {
		if _, err := presses([]string{bad}); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

// TestWideLettersTakeTwoCells of a picture, and what follows stands where it should.
func TestWideLettersTakeTwoCells(t *testing.T) {
	screen := cellbuf.NewBuffer(10, 1)
	cellbuf.SetContent(screen, "订单ab")
	if got := cells(screen, 0, 6, 0); got != "订单ab" {
		t.Errorf("%q", got)
	}
}
