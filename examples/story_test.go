package examples_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/examples"
)

// TestTellIsStrict reads stories that are wrong, each in one way.
func TestTellIsStrict(t *testing.T) {
	const head = "story: A day\nfolder: a\nrequest: r\napply: [a/def.yaml]\nsteps:\n"
	for _, test := range []struct{ name, story, want string }{
		{"sound", head + "  - {at: 2021-03-05 08:00, do: apply, tell: Opened}\n", ""},
		{"unknown field", head + "  - {at: 2021-03-05 08:00, doo: apply, tell: Opened}\n", "D602"},
		{"unknown deed", head + "  - {at: 2021-03-05 08:00, do: dance, tell: Danced}\n", "dance"},
		{"no moment", head + "  - {at: noon, do: apply, tell: Opened}\n", "at:"},
		{"nothing told", head + "  - {at: 2021-03-05 08:00, do: apply}\n", "telling"},
		{"out of order", head + "  - {at: 2021-03-05 08:00, do: apply, tell: a}\n  - {at: 2021-03-04 08:00, do: look, tell: b}\n", "not after"},
		{"file not there", head + "  - {at: 2021-03-05 08:00, do: upload, agency: x, file: none.xlsx, tell: a}\n", "none.xlsx"},
		{"no agency", head + "  - {at: 2021-03-05 08:00, do: submit, tell: a}\n", "agency"},
		{"reason too short", head + "  - {at: 2021-03-05 08:00, do: return, agency: x, reason: no, tell: a}\n", "reason"},
		{"nothing to adjust", head + "  - {at: 2021-03-05 08:00, do: adjust, agency: x, reason: long enough a reason, tell: a}\n", "figures"},
		{"definition not there", strings.Replace(head, "a/def.yaml", "a/other.yaml", 1) + "  - {at: 2021-03-05 08:00, do: apply, tell: a}\n", "other.yaml"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{"story.yaml": {Data: []byte(test.story)}, "a/def.yaml": {}}
			_, err := examples.Tell(files, "story.yaml")
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one about %s", err, test.want)
			}
		})
	}
}
