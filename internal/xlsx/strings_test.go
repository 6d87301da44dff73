package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestStringTable gives back every text as it was added, wherever blocks end.
func TestStringTable(t *testing.T) {
	for _, sizes := range [][]int{
		{0},
		{3, 0, 1, 0},
		{textBlock - 1, 1, 1, 0, 5},
		{textBlock, 0, textBlock, 1},
		{1, textBlock, textBlock / 2, textBlock / 2, 0, textBlock/2 + 1, textBlock / 2, 2},
	} {
		var table stringTable
		for i, n := range sizes {
			table.add(bytes.Repeat([]byte{byte('a' + i)}, n))
		}
		table.seal()
		for i, n := range sizes {
			if got := table.at(i); len(got) != n || strings.Trim(got, string(rune('a'+i))) != "" {
				t.Errorf("%v: text %d has %d bytes", sizes, i, len(got))
			}
		}
	}
}

// TestTextArena keeps what it handed out.
func TestTextArena(t *testing.T) {
	var arena textArena
	var kept []string
	for i := range 20_000 {
		kept = append(kept, arena.string([]byte(fmt.Sprint(i))))
	}
	kept = append(kept, arena.string(bytes.Repeat([]byte("x"), 3*lastBlock)))
	for i, s := range kept[:20_000] {
		if s != fmt.Sprint(i) {
			t.Fatalf("%d is %s", i, s)
		}
	}
	if len(kept[20_000]) != 3*lastBlock || arena.string(nil) != "" {
		t.Error("long or empty text")
	}
}
