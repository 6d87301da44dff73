package table

import (
	"testing"
	"time"
)

func TestNumberOfDay(t *testing.T) {
	for _, tt := range []struct {
		month time.Month
		day   int
		head  int
		want  string
	}{
		{time.February, 1, 1, "1.2"}, // typed in Vietnam
		{time.January, 2, 1, "1.2"},  // typed in America
		{time.March, 3, 3, "3.3"},
		{time.May, 2, 2, "2.5"},
		{time.February, 5, 2, "2.5"},
		{time.May, 2, 7, "2.5"}, // nothing says which
	} {
		if got := numberOfDay(time.Date(2021, tt.month, tt.day, 0, 0, 0, 0, time.UTC), tt.head); got != tt.want {
			t.Errorf("%d %s under %d: %s, want %s", tt.day, tt.month, tt.head, got, tt.want)
		}
	}
}
