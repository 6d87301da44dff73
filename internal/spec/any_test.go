package spec

import (
	"strconv"
	"testing"
)

func TestDecode(t *testing.T) {
	type step struct {
		Do   string   `json:"do"`
		Days int      `json:"days"`
		To   []string `json:"to"`
	}
	for _, test := range []struct{ name, file, want string }{
		{"sound", "do: send\ndays: 3\nto: [syt, mttq]\n", ""},
		{"unknown field", "do: send\ndayz: 3\n", "story.yaml:2:1"},
		{"wrong type", "do: send\ndays: three\n", "story.yaml:2:7"},
		{"two documents", "do: a\n---\ndo: b\n", "story.yaml:1:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var s step
			faults := Decode("story.yaml", []byte(test.file), &s)
			if (len(faults) > 0) != (test.want != "") {
				t.Fatalf("faults: %v", faults)
			}
			if test.want == "" {
				if s.Do != "send" || s.Days != 3 || len(s.To) != 2 {
					t.Fatalf("read %+v", s)
				}
				return
			}
			if got := faults[0].File + ":" + strconv.Itoa(faults[0].Line) + ":" + strconv.Itoa(faults[0].Column); got != test.want {
				t.Errorf("at %s, want %s", got, test.want)
			}
		})
	}
}
