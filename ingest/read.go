package ingest

import (
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// Upload is what is read: bytes as they arrived, and by which way.
type Upload struct {
	ID    string     // [report.UploadID]
	Name  string     // file name as sent, "" for a form
	Media string     // media type as sent
	Via   report.Via // workbook or form
	Body  []byte
}

// Env is what an upload is read by.
type Env struct {
	Request    *report.Request
	Definition *report.Definition
	Register   *report.Register
	Agency     string      // code of the reporter
	Limits     xlsx.Limits // zero: the defaults
	Forms      *Forms      // keeps what is the same for every agency; nil: it is worked out anew

	// Answers are what the agency answered to questions about this form before.
	Answers report.Answers

	Previous        Previous // what the return of the period before says as it counts; nil where there is none
	PreviousRequest string   // code of the request it answered
}

// Previous is what a return of an earlier period says: a [report.Facts].
type Previous interface {
	Look(unit, place, indicator string) report.Value
	All() iter.Seq2[int, report.Fact]
}

// Read makes an outcome of an upload. It is pure, and it always gives one (law
// 3): what is wrong with the paper is among the findings, and so is what is
// wrong with this program. Facts are in canonical order, findings in the order
// in which they are read.
func Read(up Upload, env Env) (out report.Checked) {
	defer func() {
		if p := recover(); p != nil {
			out = stopped(up, env, fault.New(fault.FileReadFailed, fault.A("detail", clipped(fmt.Sprint(p)))))
		}
	}()
	if wrong := unready(env); wrong != nil {
		return stopped(up, env, *wrong)
	}
	r := newReading(env.Forms.plan(env.Definition, env.Request, env.Register).of(env.Agency), env)
	defer r.release()
	if up.Via == report.ViaForm {
		counts, stop := r.readForm(up.Body)
		return r.finish(up, counts, stop)
	}
	book, stop := sheet.Open(up.Body, env.Limits)
	if stop != nil {
		return stopped(up, env, *stop)
	}
	defer book.Release()
	if got, differs := otherExtension(up.Name, xlsx.Format(book.Format)); differs {
		r.find(fault.New(fault.FileExtensionDiffers, fault.A("name", up.Name), fault.A("got", got)))
	}
	counts, stop := r.readBook(book)
	return r.finish(up, counts, stop)
}

// extensions of the names of files by what they are, the usual one first.
var extensions = map[xlsx.Format][]string{
	xlsx.FormatXLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
	xlsx.FormatXLS:  {".xls", ".xlt"},
	xlsx.FormatODS:  {".ods", ".ots"},
	xlsx.FormatCSV:  {".csv", ".txt"},
	xlsx.FormatTSV:  {".tsv", ".tab", ".txt", ".csv"},
}

// otherExtension reports whether a file is called by another format than it has,
// and gives the extension that would fit. A name without any says nothing.
func otherExtension(name string, format xlsx.Format) (fits string, differs bool) {
	ext, known := strings.ToLower(path.Ext(name)), extensions[format]
	if ext == "" || len(known) == 0 || slices.Contains(known, ext) {
		return "", false
	}
	return known[0], true
}

// finish judges what was read and makes an outcome of it.
func (r *reading) finish(up Upload, counts report.Counts, stop *fault.Fault) report.Checked {
	if stop == nil {
		stop = r.blank()
	}
	if stop != nil {
		out := stopped(up, r.env, *stop)
		out.Draft.Questions = r.questions // an answer that left everything out can be given anew
		for _, f := range r.findings {    // another sheet may hold what the form lacks
			if slices.ContainsFunc(r.questions, func(q report.Question) bool { return q.Asks(f) }) {
				out.Draft.Findings = append(out.Draft.Findings, f)
			}
		}
		return out
	}
	r.check()
	r.gather()
	r.hear()
	return r.outcome(up, counts)
}

// unready says what is lacking for anything to be read.
func unready(env Env) *fault.Fault {
	var f fault.Fault
	switch {
	case env.Request == nil:
		f = fault.New(fault.RequestUnknown, fault.A("request", "")).Weighed(fault.Stop)
	case env.Definition == nil:
		f = fault.New(fault.DefinitionUnknown, fault.A("got", report.Ref(env.Request.Definition, env.Request.Version))).Weighed(fault.Stop)
	case env.Register == nil:
		f = fault.New(fault.RegisterUnknown, fault.A("got", report.Ref(env.Request.Register, env.Request.Registered))).Weighed(fault.Stop)
	default:
		return nil
	}
	return &f
}

// stopped is the outcome of an upload of which nothing can be read.
func stopped(up Upload, env Env, f fault.Fault) report.Checked {
	if f.Code == fault.FileEmpty {
		f = f.With(fault.A("name", up.Name))
	}
	c := report.Checked{Upload: up.ID, Outcome: report.Refused, Draft: report.Draft{Findings: fault.List{f}}}
	if env.Definition != nil && env.Register != nil {
		c.Definition = report.Ref(env.Definition.Code, env.Definition.Version)
		c.Register = report.Ref(env.Register.Code, env.Register.Version)
	}
	return c
}

// readBook reads a workbook: by our marks when it carries them, by its words
// when it does not.
func (r *reading) readBook(book *sheet.Book) (report.Counts, *fault.Fault) {
	if book.Cells() == 0 {
		f := fault.New(fault.FileNoSheet)
		return report.Counts{}, &f
	}
	mark, marked, stop := readFormMark(book)
	if stop == nil && marked {
		stop = r.judgeMark(mark)
	}
	if stop != nil {
		return report.Counts{}, stop
	}
	r.ours = book.Lists
	if book.Macros {
		r.find(fault.New(fault.FileMacros))
	}
	switch {
	case !marked && allCorners(book): // our sheets, moved into a workbook of their own
		r.find(fault.New(fault.ReadByHeadings, fault.A("expected", r.def.Code)))
		marked = true
		r.readByMarks(book)
	case marked && hasCorner(book):
		r.readByMarks(book)
	default:
		marked = false
		r.readByWords(book)
	}
	return r.account(book, marked), nil
}

// hasCorner reports whether any sheet still has its hidden row and column.
func hasCorner(b *sheet.Book) bool {
	for _, s := range b.Sheets {
		if _, _, _, ok := corner(s); ok {
			return true
		}
	}
	return false
}

// allCorners reports whether every sheet with something on it has its hidden row
// and column. The words over the columns are held against them as ever.
func allCorners(b *sheet.Book) bool {
	for _, s := range b.Sheets {
		if _, _, _, ok := corner(s); !ok && len(s.Cells) > 0 {
			return false
		}
	}
	return true
}

// blank says that nothing was filled in, unless that is what is reported, or
// something else is wrong that explains it.
func (r *reading) blank() *fault.Fault {
	if r.given > 0 || r.nothing || r.findings.Blocks() {
		return nil
	}
	f := fault.New(fault.FileBlankTemplate)
	return &f
}

// outcome puts everything in order.
func (r *reading) outcome(up Upload, counts report.Counts) report.Checked {
	r.findings.Sort(r.order...)
	report.SortFacts(r.facts) // they are asked for by position no more
	c := report.Checked{
		Upload: up.ID, Outcome: report.Ready,
		Definition: report.Ref(r.def.Code, r.def.Version),
		Register:   report.Ref(r.reg.Code, r.reg.Version),
		Draft:      report.Draft{Nil: r.nothing, Facts: report.FactsOf(r.facts), Findings: r.findings, Questions: r.questions, Counts: counts},
	}
	if r.findings.Blocks() {
		c.Outcome = report.Refused
	}
	return c
}
