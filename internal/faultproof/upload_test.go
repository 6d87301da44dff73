package faultproof

import (
	"bytes"
	"encoding/hex"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"tonghop/ingest"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// raiseByUpload reads a file or a form as the worker reads what was handed in.
func raiseByUpload(t *testing.T, e *example) fault.List {
	env := e.env(t)
	checked := ingest.Read(ingest.Upload{ID: "u", Name: e.or("name", "bao-cao.xlsx"), Via: e.via(), Body: e.body(t, env)}, env)
	if blocks := checked.Draft.Findings.Blocks(); blocks != (checked.Outcome == report.Refused) {
		t.Errorf("the outcome is %s, and findings block: %t (law 3)", checked.Outcome, blocks)
	}
	return checked.Draft.Findings
}

// raiseByMarks looks for the hidden marks of a workbook, as is done to find out
// which return it belongs to.
func raiseByMarks(t *testing.T, e *example) fault.List {
	_, err := ingest.ReadMarks(e.body(t, e.env(t)))
	var f fault.Fault
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	return fault.List{f}
}

// env is what the upload is read by: a form of the base, or the one in the
// archive.
func (e *example) env(t *testing.T) ingest.Env {
	t.Helper()
	var s shelf
	s.add(baseDocuments(t, "danh-muc"))
	if own, given := e.section("asked.yaml"); given {
		s.add(sound(t, "asked.yaml", own))
	} else {
		s.add(baseDocuments(t, e.or("asked", "bieu")))
	}
	env := ingest.Env{Request: s.requests[0], Agency: e.or("agency", "syt"), Limits: e.limits(t)}
	env.Definition, env.Register = s.named(env.Request)
	if given, ok := e.section("answers"); ok {
		env.Answers = answersOf(t, string(given))
	}
	if e.head["trouble"] == "the books break" {
		env.Previous = brokenBooks{}
	}
	if before, given := e.section("before.json"); given {
		was := ingest.Read(ingest.Upload{Via: report.ViaForm, Body: before}, env)
		if was.Outcome != report.Ready {
			t.Fatalf("before.json is no report that counts: %v", was.Draft.Findings)
		}
		env.Previous, env.PreviousRequest = was.Draft.Facts, "thu-2020"
	}
	return env
}

// brokenBooks is a period before that cannot be looked up.
type brokenBooks struct{ report.Facts }

func (brokenBooks) Look(string, string, string) report.Value {
	panic("sổ cái không đọc được")
}

// answersOf reads what the agency answered before, one answer a line: kind, sheet of
// the form, words, code and name of what was chosen, parted by bars.
func answersOf(t *testing.T, text string) report.Answers {
	t.Helper()
	out := report.Answers{}
	for line := range strings.Lines(text) {
		part := strings.Split(strings.TrimSpace(line), " | ")
		if len(part) != 4 {
			t.Fatalf("answer %q: want kind | sheet | words | choice", line)
		}
		choice, name, _ := strings.Cut(part[3], " ")
		key := report.QuestionKey(report.QuestionKind(part[0]), viet.Key(part[1]), viet.Key(part[2]))
		out[key] = report.Remembered{
			At: time.Date(2021, 3, 1, 2, 0, 0, 0, time.UTC), Actor: report.Actor{Role: report.RoleAgency, Name: "Trần Thị Hoa"},
			Answered: report.Answered{Question: key, About: report.QuestionKind(part[0]), Choice: choice, Name: name},
		}
	}
	return out
}

// limits reads "limit: Parts 2": a bound that is narrower than the usual one, so
// that an input that passes it need not be huge.
func (e *example) limits(t *testing.T) (l xlsx.Limits) {
	t.Helper()
	name, number, given := strings.Cut(e.head["limit"], " ")
	if !given {
		return l
	}
	n, err := strconv.ParseInt(number, 10, 64)
	field := reflect.ValueOf(&l).Elem().FieldByName(name)
	if err != nil || !field.IsValid() {
		t.Fatalf("limit: %q is none of xlsx.Limits", e.head["limit"])
	}
	field.SetInt(n)
	return l
}

func (e *example) via() report.Via {
	if _, form := e.section("form.json"); form {
		return report.ViaForm
	}
	return report.ViaWorkbook
}

// body makes the bytes of the upload.
func (e *example) body(t *testing.T, env ingest.Env) []byte {
	t.Helper()
	if b, ok := e.section("form.json"); ok {
		return b
	}
	if b, ok := e.section("text"); ok {
		return b
	}
	if b, ok := e.section("hex"); ok {
		return bytesOf(t, b)
	}
	if _, ok := e.section("template"); ok {
		b, err := ingest.Template(env.Definition, env.Request, env.Register, env.Agency, ingest.TemplateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return e.workbook(t)
}

// bytesOf reads bytes in hexadecimal; what follows "#" on a line is for people,
// "x 20" at its end repeats the line, and a text in quotes is its UTF-16, as
// compound files write names.
func bytesOf(t *testing.T, text []byte) []byte {
	t.Helper()
	var out []byte
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		line, times, repeated := strings.Cut(strings.TrimSpace(line), " x ")
		one, err := hex.DecodeString(strings.ReplaceAll(line, " ", ""))
		if name, quoted := strings.CutPrefix(line, `"`); quoted {
			one, err = wide(strings.TrimSuffix(name, `"`)), nil
		}
		n := 1
		if repeated && err == nil {
			n, err = strconv.Atoi(times)
		}
		if err != nil {
			t.Fatalf("bytes %q: %v", line, err)
		}
		out = append(out, bytes.Repeat(one, n)...)
	}
	return out
}

// wide writes plain letters in UTF-16, lower byte first.
func wide(s string) (out []byte) {
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}
