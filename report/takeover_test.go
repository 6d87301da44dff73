package report_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/codec"
)

var taken = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// write appends an event to a journal, whatever is there of its key.
func write(t *testing.T, j *mem.Journal, key report.Key, body report.Body) *report.Event {
	t.Helper()
	e := &report.Event{Key: key, At: taken, Actor: report.Actor{Role: report.RoleSystem, ID: "t"}, Body: body}
	if err := codec.Seal(e); err != nil {
		t.Fatal(err)
	}
	_, last, err := j.Load(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(t.Context(), key, last, e); err != nil {
		t.Fatal(err)
	}
	return e
}

func receipt(name, sha string) *report.Received {
	return &report.Received{Upload: name, SHA256: sha, Name: name + ".xlsx", Via: report.ViaWorkbook}
}

// kindsOf gives what a journal holds, in order.
func kindsOf(t *testing.T, j report.Journal) (out []report.EventKind) {
	t.Helper()
	if _, err := report.ReadAll(t.Context(), j, func(r report.Recorded) error {
		out = append(out, r.Body.Kind())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTakeOverLeaves: who may act in another journal, and what it says of itself, is not
// taken over.
func TestTakeOverLeaves(t *testing.T) {
	into, from := &mem.Journal{}, &mem.Journal{}
	tokens := report.Key{Scope: report.ScopeSystem, Name: "tokens"}
	write(t, from, tokens, &report.TokenIssued{})
	write(t, from, tokens, &report.TokenRevoked{})
	write(t, from, report.ChainKey, &report.Chained{Journal: "x", Seq: 2, Events: 2, Chain: "aa"})
	write(t, from, report.RequestKey("r"), &report.Closed{Reason: "hết hạn"})
	got, err := report.TakeOver(t.Context(), into, from, &mem.Files{}, &mem.Files{})
	if err != nil || got.Left != 3 || got.Events != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if kinds := kindsOf(t, into); !slices.Equal(kinds, []report.EventKind{report.KindClosed}) {
		t.Errorf("taken over: %v", kinds)
	}
}

// TestTakeOverTwoContents: one version with two contents is for a person to mend, and nothing
// is written before.
func TestTakeOverTwoContents(t *testing.T) {
	definition := func(title string) *report.DefinitionApplied {
		return &report.DefinitionApplied{Definition: &report.Definition{Code: "d", Version: "1", Title: report.Text{VI: title}}}
	}
	register := func(title string) *report.RegisterApplied {
		return &report.RegisterApplied{Register: &report.Register{Code: "hd", Version: "1", Title: report.Text{VI: title}}}
	}
	for name, bodies := range map[string][2]report.Body{
		"definition": {definition("Biểu 1"), definition("Biểu một")},
		"register":   {register("Danh mục"), register("Danh mục 2025")},
	} {
		into, from := &mem.Journal{}, &mem.Journal{}
		write(t, from, report.RequestKey("r"), &report.Closed{Reason: "hết hạn"})
		write(t, into, report.Key{Scope: report.ScopeDefinition, Name: "x"}, bodies[0])
		write(t, from, report.Key{Scope: report.ScopeDefinition, Name: "x"}, bodies[1])
		if _, err := report.TakeOver(t.Context(), into, from, &mem.Files{}, &mem.Files{}); !errors.Is(err, report.ErrContent) {
			t.Errorf("%s: %v, want %v", name, err, report.ErrContent)
		}
		if kinds := kindsOf(t, into); len(kinds) != 1 {
			t.Errorf("%s: %v was written before", name, kinds)
		}
		again := &mem.Journal{}
		write(t, again, report.Key{Scope: report.ScopeDefinition, Name: "x"}, bodies[1])
		if _, err := report.TakeOver(t.Context(), again, from, &mem.Files{}, &mem.Files{}); err != nil {
			t.Errorf("%s: the same content is refused: %v", name, err)
		}
	}
}

// TestTakeOverBoth: the returns that were worked on on both sides are named, and no other.
func TestTakeOverBoth(t *testing.T) {
	into, from := &mem.Journal{}, &mem.Journal{}
	files := &mem.Files{}
	for _, side := range []struct {
		j    *mem.Journal
		name string
	}{{into, "here"}, {from, "there"}} {
		write(t, side.j, report.ReturnKey("r", "common"), receipt("common", ""))
		write(t, side.j, report.ReturnKey("r", "b"), receipt(side.name, ""))
		write(t, side.j, report.ReturnKey("r", "a"), receipt(side.name, ""))
		write(t, side.j, report.ReturnKey("r", side.name), receipt(side.name, ""))
	}
	got, err := report.TakeOver(t.Context(), into, from, files, files)
	if err != nil || got.Events != 3 || got.Known != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if want := []report.Key{report.ReturnKey("r", "a"), report.ReturnKey("r", "b")}; !slices.Equal(got.Both, want) {
		t.Errorf("worked on on both sides: %v, want %v", got.Both, want)
	}
	if got, err = report.TakeOver(t.Context(), into, from, files, files); err != nil || len(got.Both) != 0 || got.Events != 0 {
		t.Errorf("again: %+v, %v", got, err)
	}
}

// TestTakeOverOneSide: where only one side went on with a return that both know, nobody has to
// look at it, whichever side that is.
func TestTakeOverOneSide(t *testing.T) {
	key := report.ReturnKey("r", "a")
	for _, tt := range []struct {
		name               string
		here, there        []string
		both, events, knew int
	}{
		{"there", []string{"common"}, []string{"common", "more"}, 0, 1, 1},
		{"here", []string{"common", "more"}, []string{"common"}, 0, 0, 1},
		{"on both", []string{"common", "here"}, []string{"common", "there"}, 1, 1, 1},
	} {
		into, from := &mem.Journal{}, &mem.Journal{}
		for _, name := range tt.here {
			write(t, into, key, receipt(name, ""))
		}
		for _, name := range tt.there {
			write(t, from, key, receipt(name, ""))
		}
		got, err := report.TakeOver(t.Context(), into, from, &mem.Files{}, &mem.Files{})
		if err != nil || len(got.Both) != tt.both || got.Events != tt.events || got.Known != tt.knew {
			t.Errorf("more %s: %+v, %v", tt.name, got, err)
		}
	}
}

// away is a place of files that cannot be asked.
type away struct{ mem.Files }

func (*away) Get(context.Context, string) ([]byte, error) { return nil, report.ErrUnavailable }

// TestTakeOverFiles: the files of receipts and exports come along; one that is lost is said,
// and keeps nothing from coming; a place that cannot be asked ends it.
func TestTakeOverFiles(t *testing.T) {
	theirs, ours := &mem.Files{}, &mem.Files{}
	put := func(files *mem.Files, text string) string {
		sha, err := files.Put(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return sha
	}
	upload, export, here := put(theirs, "tệp nộp"), put(theirs, "bảng"), put(ours, "đã có ở đây")
	from := &mem.Journal{}
	write(t, from, report.ReturnKey("r", "a"), receipt("a", upload))
	write(t, from, report.RequestKey("r"), &report.Exported{SHA256: export, Name: "bang.xlsx", Trigger: "close"})
	write(t, from, report.ReturnKey("r", "b"), receipt("b", here))
	lost := write(t, from, report.ReturnKey("r", "c"), receipt("c", "00"))
	if _, err := report.TakeOver(t.Context(), &mem.Journal{}, from, ours, &away{}); !errors.Is(err, report.ErrUnavailable) {
		t.Errorf("a place that cannot be asked: %v", err)
	}
	got, err := report.TakeOver(t.Context(), &mem.Journal{}, from, ours, theirs)
	if err != nil || got.Events != 4 || got.Files != 2 || !slices.Equal(got.Missing, []string{lost.ID}) {
		t.Errorf("%+v, %v; %s is lost", got, err, lost.ID)
	}
	for _, sha := range []string{upload, export} {
		if _, err := ours.Get(t.Context(), sha); err != nil {
			t.Errorf("%s did not come: %v", sha, err)
		}
	}
}
