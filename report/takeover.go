package report

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrContent says that two journals have a definition or a register of one code and version
// with other content: they cannot be one before a person has decided which holds.
var ErrContent = errors.New("one code and version with two contents")

// Taken counts what was taken over from another journal.
type Taken struct {
	Events int `json:"events"` // that were new
	Known  int `json:"known"`  // that were here already
	// Left are those that stay where they are true: what the other journal says of itself
	// ([Chained]), and who may act there ([TokenIssued], [TokenRevoked]).
	Left  int `json:"left"`
	Files int `json:"files"` // of new receipts and exports
	// Missing are receipts and exports, by event, whose file neither side has.
	Missing []string `json:"missing"`
	// Both are the returns about which either side had events that the other had not: whose
	// submission stands now is for a person to look at.
	Both []Key `json:"both"`
}

// TakeOver writes the events of one journal into another that does not have them yet, each
// after its file: those of a department that worked alone come to the others. Events are
// a set, so the figures are then those of one journal that had them all, whatever was
// taken over first, and taking over again changes nothing (law 2). A call that was cut
// short is simply made again. Nobody may write to the journal meanwhile.
//
// [ErrContent] where one code and version has two contents; nothing is written then.
func TakeOver(ctx context.Context, into, from Journal, files, fromFiles Files) (Taken, error) {
	t := takeover{
		Taken: Taken{Missing: []string{}, Both: []Key{}}, into: into, files: files, fromFiles: fromFiles,
		known: map[string]bool{}, last: map[Key]uint64{}, ours: map[Key]map[string]bool{}, contents: map[string][]byte{},
	}
	err := t.look(ctx, from)
	if err == nil {
		_, err = ReadAll(ctx, from, func(r Recorded) error { return t.take(ctx, r) })
	}
	if err != nil {
		return t.Taken, fmt.Errorf("take over: %w", err)
	}
	return t.Taken, nil
}

type takeover struct {
	Taken
	into             Journal
	files, fromFiles Files
	known            map[string]bool
	last             map[Key]uint64
	ours             map[Key]map[string]bool // of returns: events that only this side had
	contents         map[string][]byte       // of definitions and registers, by what they are
}

// look reads both journals before anything is written.
func (t *takeover) look(ctx context.Context, from Journal) error {
	if _, err := ReadAll(ctx, t.into, func(r Recorded) error {
		t.known[r.ID], t.last[r.Key] = true, r.Seq
		if r.Key.IsReturn() {
			if t.ours[r.Key] == nil {
				t.ours[r.Key] = map[string]bool{}
			}
			t.ours[r.Key][r.ID] = true
		}
		return t.content(r.Body)
	}); err != nil {
		return err
	}
	theirs := map[Key]bool{} // returns of which the other side has something new
	if _, err := ReadAll(ctx, from, func(r Recorded) error {
		if r.Key.IsReturn() && !t.known[r.ID] {
			theirs[r.Key] = true
		}
		delete(t.ours[r.Key], r.ID)
		return t.content(r.Body)
	}); err != nil {
		return err
	}
	for key := range theirs {
		if len(t.ours[key]) > 0 {
			t.Both = append(t.Both, key)
		}
	}
	slices.SortFunc(t.Both, func(a, b Key) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Agency, b.Agency))
	})
	return nil
}

// content holds a definition or a register against others of its code and version.
func (t *takeover) content(body Body) error {
	var what string
	var noun any
	switch b := body.(type) {
	case *DefinitionApplied:
		what, noun = "definition "+Ref(b.Definition.Code, b.Definition.Version), b.Definition
	case *RegisterApplied:
		what, noun = "register "+Ref(b.Register.Code, b.Register.Version), b.Register
	default:
		return nil
	}
	text, err := json.Marshal(noun)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if old, known := t.contents[what]; known && !bytes.Equal(old, text) {
		return fmt.Errorf("%s: %w", what, ErrContent)
	}
	t.contents[what] = text
	return nil
}

// take takes an event over unless it is known.
func (t *takeover) take(ctx context.Context, r Recorded) error {
	switch r.Body.(type) {
	case *Chained, *TokenIssued, *TokenRevoked:
		t.Left++
		return nil
	}
	if t.known[r.ID] {
		t.Known++
		return nil
	}
	if err := t.file(ctx, r); err != nil {
		return err
	}
	e := *r.Event
	seq, err := t.into.Append(ctx, r.Key, t.last[r.Key], &e)
	if err != nil {
		return fmt.Errorf("event %d: %w", r.Seq, err)
	}
	t.known[e.ID], t.last[r.Key] = true, seq
	t.Events++
	return nil
}

// file brings the file of a receipt or an export along. One that is lost is lost on either
// side: the event is true without it, and an audit says so.
func (t *takeover) file(ctx context.Context, r Recorded) error {
	sha := FileOf(r.Body)
	if sha == "" {
		return nil
	}
	body, err := t.fromFiles.Get(ctx, sha)
	if err == nil {
		if _, err = t.files.Put(ctx, body); err == nil {
			t.Files++
			return nil
		}
		return fmt.Errorf("file of event %d: %w", r.Seq, err)
	}
	if errors.Is(err, ErrUnavailable) || ctx.Err() != nil {
		return fmt.Errorf("file of event %d: %w", r.Seq, err)
	}
	if _, err := t.files.Get(ctx, sha); err != nil {
		t.Missing = append(t.Missing, r.ID)
	}
	return nil
}

// FileOf gives the SHA-256 of the file that an event speaks of; "" of none.
func FileOf(body Body) string {
	switch b := body.(type) {
	case *Received:
		return b.SHA256
	case *Exported:
		return b.SHA256
	}
	return ""
}
