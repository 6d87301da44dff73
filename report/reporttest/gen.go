package reporttest

import (
	"encoding/hex"
	"slices"
	"time"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Kinds lists every kind of event, sorted.
func Kinds() []report.EventKind {
	return []report.EventKind{
		report.KindAdjusted, report.KindAnswered, report.KindApproved, report.KindChained, report.KindChecked, report.KindClosed,
		report.KindDefinition, report.KindExported, report.KindReceived, report.KindRegister,
		report.KindReopened, report.KindRequest, report.KindReturned, report.KindRevoked,
		report.KindSubmitted, report.KindToken, report.KindWithdrawn,
	}
}

// AnyEvent draws events of every kind, in the form in which the journal keeps
// them: times in whole milliseconds, facts in order, empty lists nil. They are
// not sealed, and make sense one by one only: a submission may be of an upload
// that never was.
func AnyEvent() *rapid.Generator[*report.Event] {
	return rapid.Custom(func(t *rapid.T) *report.Event {
		return EventOf(rapid.SampledFrom(Kinds()).Draw(t, "kind")).Draw(t, "event")
	})
}

// EventOf draws events of one kind.
func EventOf(kind report.EventKind) *rapid.Generator[*report.Event] {
	return rapid.Custom(func(t *rapid.T) *report.Event {
		return &report.Event{
			Key: report.Key{
				Scope:  rapid.SampledFrom([]report.Scope{report.ScopeDefinition, report.ScopeRegister, report.ScopeRequest, report.ScopeSystem}).Draw(t, "scope"),
				Name:   code(t, "name"),
				Agency: optional(t, "agency", code),
			},
			At:    moment(t, "at"),
			Actor: actor(t),
			Body:  body(t, kind),
		}
	})
}

func body(t *rapid.T, kind report.EventKind) report.Body {
	switch kind {
	case report.KindDefinition:
		return &report.DefinitionApplied{Definition: AnyDefinition().Draw(t, "definition")}
	case report.KindRegister:
		return &report.RegisterApplied{Register: AnyRegister().Draw(t, "register")}
	case report.KindRequest:
		return &report.RequestApplied{Revision: rapid.IntRange(0, 9).Draw(t, "revision"), Request: AnyRequest().Draw(t, "request")}
	case report.KindReceived:
		return anyReceived(t)
	case report.KindChecked:
		return &report.Checked{
			Upload: hash(t, 12), Outcome: rapid.SampledFrom([]report.Outcome{report.Ready, report.Refused}).Draw(t, "outcome"),
			Definition: words(t, "ref"), Register: words(t, "ref"), Draft: AnyDraft().Draw(t, "draft"),
		}
	case report.KindSubmitted:
		return &report.Submitted{Version: rapid.IntRange(0, 400).Draw(t, "version"), Upload: hash(t, 12), Explanations: few(t, "explanations", explanation)}
	case report.KindAnswered:
		return &report.Answered{
			Definition: code(t, "definition"), Question: hash(t, 8), About: kindOfQuestion(t), Form: words(t, "form"), Words: words(t, "words"),
			Upload: hash(t, 12), Choice: choice(t), Name: words(t, "name"), Reason: words(t, "reason"),
		}
	case report.KindChained:
		return &report.Chained{Journal: hash(t, 20), Seq: rapid.Uint64().Draw(t, "seq"), Events: rapid.Uint64().Draw(t, "events"), Chain: hash(t, 32)}
	case report.KindExported:
		return &report.Exported{SHA256: hash(t, 32), Name: words(t, "file"), State: hash(t, 32), Provisional: rapid.Bool().Draw(t, "provisional"), Trigger: "demand"}
	case report.KindToken:
		b := &report.TokenIssued{ID: code(t, "id"), Hash: hash(t, 32), Role: report.RoleAgency, Agency: code(t, "agency"), Name: words(t, "name")}
		if rapid.Bool().Draw(t, "expires") {
			b.Expires = moment(t, "expiry")
		}
		return b
	case report.KindRevoked:
		return &report.TokenRevoked{ID: code(t, "id"), Reason: words(t, "reason")}
	}
	return review(t, kind)
}

// review draws what a coordinator or an agency says of a submission.
func review(t *rapid.T, kind report.EventKind) report.Body {
	switch kind {
	case report.KindWithdrawn:
		return &report.Withdrawn{Submission: hash(t, 20), Reason: words(t, "reason")}
	case report.KindApproved:
		return &report.Approved{Submission: hash(t, 20), Note: words(t, "note")}
	case report.KindReturned:
		return &report.Returned{Submission: hash(t, 20), Reason: words(t, "reason"), Cells: few(t, "cells", words)}
	case report.KindAdjusted:
		b := &report.Adjusted{
			Submission: hash(t, 20), Unit: code(t, "unit"), Place: code(t, "place"), Indicator: code(t, "indicator"),
			New: AnyDecimal().Draw(t, "new"), Reason: words(t, "reason"),
		}
		if rapid.Bool().Draw(t, "had") {
			old := AnyDecimal().Draw(t, "old")
			b.Old = &old
		}
		return b
	case report.KindClosed:
		return &report.Closed{Reason: words(t, "reason")}
	case report.KindReopened:
		return &report.Reopened{Reason: words(t, "reason")}
	}
	t.Fatalf("no generator for events of kind %q", kind)
	return nil
}

func anyReceived(t *rapid.T) *report.Received {
	return &report.Received{
		Upload: hash(t, 12), Number: words(t, "number"), SHA256: hash(t, 32),
		Size: rapid.Int64Range(0, 1<<40).Draw(t, "size"), Name: words(t, "file"), Media: words(t, "media"),
		Via:    rapid.SampledFrom([]report.Via{report.ViaWorkbook, report.ViaForm}).Draw(t, "via"),
		Submit: rapid.Bool().Draw(t, "submit"), Note: words(t, "note"), IdemID: optional(t, "idem", code),
	}
}

func actor(t *rapid.T) report.Actor {
	return report.Actor{
		Role:   rapid.SampledFrom([]report.Role{report.RoleAgency, report.RoleCoordinator, report.RoleSystem}).Draw(t, "role"),
		Agency: optional(t, "of", code), ID: code(t, "actor"), Name: optional(t, "person", words),
	}
}

func explanation(t *rapid.T, label string) report.Explanation {
	return report.Explanation{Code: code(t, label), Group: words(t, "group"), Sheet: words(t, "sheet"), Cell: cell(t), Reason: words(t, "reason")}
}

// AnyDraft draws what was read from an upload: facts in canonical order, each
// unit, place and indicator once.
func AnyDraft() *rapid.Generator[report.Draft] {
	return rapid.Custom(func(t *rapid.T) report.Draft {
		d := report.Draft{Nil: rapid.Bool().Draw(t, "nil")}
		facts := few(t, "facts", fact)
		d.Counts = report.Counts{Cells: rapid.IntRange(0, 9999).Draw(t, "cells"), Used: rapid.IntRange(0, 9999).Draw(t, "used")}
		report.SortFacts(facts)
		d.Facts = report.FactsOf(slices.CompactFunc(facts, func(a, b report.Fact) bool { return report.CompareFacts(a, b) == 0 }))
		d.Findings = few(t, "findings", finding)
		d.Questions = few(t, "questions", question)
		return d
	})
}

func fact(t *rapid.T, _ string) report.Fact {
	f := report.Fact{
		Unit:      rapid.SampledFrom([]string{"so-y-te", "so-ld", "bhxh", "30001"}).Draw(t, "unit"),
		Place:     rapid.SampledFrom([]string{"", "30T", "288", "289", "10525"}).Draw(t, "place"),
		Indicator: rapid.SampledFrom([]string{"1.01", "1.02", "1.03a", "2.10", "3.01"}).Draw(t, "indicator"),
		Value:     value(t),
		Source:    report.Source{Sheet: optional(t, "sheet", words), Cell: cell(t), Norm: rapid.SampledFrom([]string{"", "", "N501", "N501,N507"}).Draw(t, "norm")},
	}
	f.Source.Text = f.Value.String()
	if rapid.IntRange(0, 3).Draw(t, "own text") == 0 {
		f.Source.Text = words(t, "text")
	}
	return f
}

func value(t *rapid.T) report.Value {
	switch kind := report.ValueKind(rapid.IntRange(int(report.Number), int(report.NotApplicable)).Draw(t, "value kind")); kind {
	case report.Number:
		return report.NumberOf(AnyDecimal().Draw(t, "number"))
	case report.Words:
		return report.TextOf(words(t, "answer"))
	case report.YesNo:
		return report.BoolOf(rapid.Bool().Draw(t, "yes"))
	default:
		return report.Value{Kind: kind}
	}
}

func finding(t *rapid.T, _ string) fault.Fault {
	f := fault.Fault{
		Code: fault.Code(code(t, "code")), Severity: rapid.SampledFrom(fault.Severities()).Draw(t, "severity"),
		File: optional(t, "file", words), Sheet: words(t, "sheet"), Cell: cell(t),
		Line: rapid.IntRange(0, 3).Draw(t, "line"), Column: rapid.IntRange(0, 300).Draw(t, "column"),
		Related: few(t, "related", words),
	}
	if args := few(t, "args", func(t *rapid.T, label string) fault.Arg {
		return fault.Both(code(t, label), words(t, "vi"), words(t, "en"))
	}); len(args) > 0 {
		f = f.With(args...)
	}
	return f
}

func question(t *rapid.T, _ string) report.Question {
	return report.Question{
		Key: hash(t, 8), Kind: kindOfQuestion(t), Code: fault.Code(code(t, "asked by")), Form: words(t, "form"), Words: words(t, "words"),
		Sheet: words(t, "sheet"), Cells: few(t, "cells", func(t *rapid.T, _ string) string { return cell(t) }),
		Candidates: few(t, "candidates", func(t *rapid.T, label string) report.Candidate {
			return report.Candidate{Code: code(t, label), Name: words(t, "name"), Confidence: rapid.IntRange(0, 100).Draw(t, "confidence")}
		}),
		Choice: choice(t),
	}
}

func kindOfQuestion(t *rapid.T) report.QuestionKind {
	return rapid.SampledFrom([]report.QuestionKind{report.AskColumn, report.AskRow, report.AskUnit, report.AskSheet}).Draw(t, "kind of question")
}

func choice(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", report.ChoiceNone, "1.02", "288"}).Draw(t, "choice")
}

// AnyDecimal draws small numbers, numbers with decimals and numbers of every
// width that can be held.
func AnyDecimal() *rapid.Generator[decimal.Decimal] {
	small := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-9999, 9999).Draw(t, "coefficient"), rapid.IntRange(0, 3).Draw(t, "scale"))
	})
	wide := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		d, err := decimal.FromParts(rapid.Int64Range(-1<<62, 1<<62).Draw(t, "high"), rapid.Uint64().Draw(t, "low"), 0)
		if err != nil {
			t.Fatalf("a whole number within the range was refused: %v", err)
		}
		return d
	})
	return rapid.OneOf(small, small, wide)
}

// AnyDefinition draws definitions that can be kept. They need not make sense:
// whether they do is another package's question.
func AnyDefinition() *rapid.Generator[*report.Definition] {
	return rapid.Custom(func(t *rapid.T) *report.Definition {
		return &report.Definition{
			Code: code(t, "code"), Version: "1", Title: text(t), Legal: few(t, "legal", words),
			Calendar: rapid.SampledFrom([]string{"", "d09", "civil"}).Draw(t, "calendar"),
			Indicators: some(t, "indicators", func(t *rapid.T, label string) report.Indicator {
				i := report.Indicator{
					Code: code(t, label), Name: text(t), Unit: words(t, "unit"), Type: report.TypeInt,
					Scale: rapid.IntRange(0, 9).Draw(t, "scale"), Required: rapid.Bool().Draw(t, "required"),
					Roll: report.Roll{Agency: report.RollSum}, Options: few(t, "options", words),
				}
				if rapid.Bool().Draw(t, "bounded") {
					least := AnyDecimal().Draw(t, "min")
					i.Min = &least
				}
				return i
			}),
			Rules: few(t, "rules", func(t *rapid.T, label string) report.Rule {
				return report.Rule{Code: code(t, label), Version: words(t, "rule version"), Check: words(t, "check"), Text: text(t), Warning: words(t, "warning")}
			}),
			Sheets: some(t, "sheets", func(t *rapid.T, label string) report.Sheet {
				s := report.Sheet{Name: words(t, label), Shape: report.PlacesDown, Places: few(t, "places", code)}
				if rapid.Bool().Draw(t, "matrix") {
					s = report.Sheet{Name: s.Name, Shape: report.Matrix, Rows: few(t, "rows", func(t *rapid.T, label string) report.Row {
						return report.Row{Code: code(t, label), Name: text(t)}
					}), Columns: few(t, "columns", func(t *rapid.T, label string) report.Column {
						return report.Column{Code: code(t, label), Header: few(t, "header", words), Shift: rapid.IntRange(-6, 6).Draw(t, "shift")}
					})}
				}
				return s
			}),
		}
	})
}

// AnyRegister draws registers, indexed.
func AnyRegister() *rapid.Generator[*report.Register] {
	return rapid.Custom(func(t *rapid.T) *report.Register {
		r := &report.Register{
			Code: code(t, "code"), Version: "1", Title: text(t),
			Agencies: few(t, "agencies", func(t *rapid.T, label string) report.Agency {
				return report.Agency{Code: code(t, label), Name: text(t), Aliases: few(t, "aliases", words), From: day(t)}
			}),
			Places: few(t, "places", func(t *rapid.T, label string) report.Place {
				return report.Place{Code: code(t, label), Name: text(t), Level: report.LevelDistrict, Until: day(t)}
			}),
		}
		return r.Index()
	})
}

// AnyRequest draws requests that can be kept.
func AnyRequest() *rapid.Generator[*report.Request] {
	return rapid.Custom(func(t *rapid.T) *report.Request {
		return &report.Request{
			Code: code(t, "code"), Title: text(t), Definition: code(t, "definition"), Version: "1",
			Register: code(t, "register"), Registered: "1", Place: "30",
			Issuer: report.Issuer{Name: words(t, "issuer"), City: words(t, "city")}, Letter: report.Letter{Number: words(t, "number"), Date: day(t)},
			From: day(t), Due: calendar.DueRule{Wording: calendar.By, Date: day(t)},
			Agencies: some(t, "agencies", code), Approval: rapid.Bool().Draw(t, "approval"),
		}
	})
}

// text draws words with or without a translation.
func text(t *rapid.T) report.Text {
	return report.Text{VI: words(t, "vi"), EN: optional(t, "en", words)}
}

// words draws what people write, and what they would not.
func words(t *rapid.T, label string) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "Biểu 1", "Số lượt người được trợ giúp", "không phát sinh", "12,5", "a<b & \"c\"\\", "\u2028"}),
		rapid.String(),
	).Draw(t, label)
}

func code(t *rapid.T, label string) string {
	return rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9_-]{0,8}`).Draw(t, label)
}

func cell(t *rapid.T) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "A1", "F18", "XFD1048576", "XFE1", "A01", "f18", "A1:B2", "values/4"}),
		rapid.StringMatching(`[A-Z]{1,2}[1-9][0-9]{0,3}`),
	).Draw(t, "cell")
}

func hash(t *rapid.T, n int) string {
	return hex.EncodeToString(rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, "hash"))
}

func moment(t *rapid.T, label string) time.Time {
	return time.UnixMilli(rapid.Int64Range(0, 4102444800000).Draw(t, label)).UTC()
}

// day draws a day, or none.
func day(t *rapid.T) calendar.Date {
	if n := rapid.IntRange(0, 20000).Draw(t, "day"); n > 0 {
		return calendar.MustDate("1999-12-31").AddDays(n)
	}
	return calendar.Date{}
}

// optional draws from one generator, or nothing.
func optional(t *rapid.T, label string, one func(*rapid.T, string) string) string {
	if !rapid.Bool().Draw(t, label+" given") {
		return ""
	}
	return one(t, label)
}

// few draws a short list, nil when it is empty.
func few[T any](t *rapid.T, label string, one func(*rapid.T, string) T) []T {
	var out []T
	for range rapid.IntRange(0, 4).Draw(t, label) {
		out = append(out, one(t, label))
	}
	return out
}

// some draws a short list that is not empty.
func some[T any](t *rapid.T, label string, one func(*rapid.T, string) T) []T {
	return append([]T{one(t, label)}, few(t, label, one)...)
}
