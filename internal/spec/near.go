package spec

import (
	"slices"
	"strings"
)

// The bounds of looking for what may have been meant: a file with more mistakes
// has another trouble, and looking takes time.
const (
	suggestions = 20   // findings of a file that look
	lookedAt    = 5000 // known names that are looked at
)

// nearest gives the known name that an unknown one was probably meant to be, or
// "" when none is close: at most a third of its letters differ.
func nearest(name string, known []string) string {
	best, most := "", len([]rune(name))/3
	for _, k := range known[:min(len(known), lookedAt)] {
		if k == name {
			continue // it was not good enough: it refers to itself, or is gone
		}
		if d := distance(strings.ToLower(name), strings.ToLower(k), most); d <= most {
			best, most = k, d-1
		}
	}
	return best
}

// distance counts the letters to insert, remove, replace or swap between two
// names; beyond most it gives more than most.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most || len(x) > 64 || len(y) > 64 {
		return most + 1
	}
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		last := row
		row = make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before = last
	}
	return row[len(y)]
}

// oneOf reports whether s is among known.
func oneOf[T ~string](s T, known ...T) bool { return slices.Contains(known, s) }
