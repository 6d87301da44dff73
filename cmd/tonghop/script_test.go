package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
	"tonghop/internal/xlsx/xlstest"
)

// TestScript plays sessions as a user sees them: testdata/script/*.txtar. Each
// begins in a folder that holds a report of three indicators (bieu-mau.yaml,
// danh-muc.yaml, yeu-cau.yaml). Besides the usual commands of a script there are
//
//	exits CODE PROGRAM…         run, and end with this exit code
//	jsonhas FILE PATH VALUE     JSON holds a value at a path: rows/agency=syt,place=288/value
//	jsonlines FILE N            N lines, each a JSON object
//	fill FILE SHEET CELL=VALUE… write into a workbook as a clerk would
//	oldexcel FILE OUT           the cells of a workbook as Excel 97 kept them (.xls)
//	saveas FILE.xlsx FILE.ods   save a workbook as LibreOffice would
//	draw FILE SHEET CELL=VALUE… draw up a new workbook
//	serve NAME ARGS…            run a server; its address becomes the variable NAME
//	stop NAME                   Ctrl+C: it ends with 0 within two seconds
//	let NAME FILE [PATH]        a variable from a line of text, or from JSON
//	damage FILE                 turn over one bit in its middle
//	get CODE URL [SECRET]       ask a server; the body becomes the file "answer"
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setupScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": cmdExits, "jsonhas": cmdJSONHas, "jsonlines": cmdJSONLines, "fill": cmdFill, "draw": cmdDraw,
			"oldexcel": cmdOldExcel, "saveas": cmdSaveAs, "serve": cmdServe, "stop": cmdStop, "get": cmdGet, "let": cmdLet,
			"damage": cmdDamage,
		},
	})
}

// setupScript puts the report of three indicators into the script's folder and
// says where the project's examples are.
func setupScript(e *testscript.Env) error {
	e.Values[serversKey{}] = map[string]*process{}
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		return err
	}
	e.Setenv("EXAMPLES", examples)
	return os.CopyFS(e.WorkDir, os.DirFS("testdata/ba-chi-tieu"))
}

// serversKey is where a script's servers are kept, by name.
type serversKey struct{}

func usage(ts *testscript.TestScript, ok bool, words string) {
	if !ok {
		ts.Fatalf("usage: %s", words)
	}
}

func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 1, "exits CODE PROGRAM…")
	if code := exitCode(ts.Exec(args[1], args[2:]...)); strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func cmdJSONHas(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, len(args) == 2 || len(args) == 3, "jsonhas FILE PATH [VALUE]")
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.UseNumber()
	var v any
	ts.Check(d.Decode(&v))
	found, ok := lookUp(v, strings.Split(args[1], "/"))
	if len(args) == 3 {
		ok = ok && found == args[2]
	}
	if ok == neg {
		ts.Fatalf("%s is %q (there: %v)", args[1], found, ok != neg)
	}
}

// lookUp walks down a JSON value: a name of an object, an index of a list, the
// element of a list that holds name=value,…, or len of a list.
func lookUp(v any, path []string) (string, bool) {
	if len(path) == 0 {
		if s, ok := v.(string); ok {
			return s, true
		}
		b, err := json.Marshal(v)
		return string(b), err == nil
	}
	var next any
	switch v := v.(type) {
	case map[string]any:
		found, ok := v[path[0]]
		if !ok {
			return "", false
		}
		next = found
	case []any:
		if path[0] == "len" {
			return strconv.Itoa(len(v)), len(path) == 1
		}
		i := indexOf(v, path[0])
		if i < 0 || i >= len(v) {
			return "", false
		}
		next = v[i]
	default:
		return "", false
	}
	return lookUp(next, path[1:])
}

// indexOf finds the element of a list that a step of a path means, -1 for none.
func indexOf(list []any, step string) int {
	if i, err := strconv.Atoi(step); err == nil {
		return i
	}
	for i, e := range list {
		all := true
		for _, pair := range strings.Split(step, ",") {
			name, want, _ := strings.Cut(pair, "=")
			got, ok := lookUp(e, []string{name})
			all = all && ok && got == want
		}
		if all {
			return i
		}
	}
	return -1
}

func cmdJSONLines(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "jsonlines FILE N")
	n := 0
	in := bufio.NewScanner(strings.NewReader(ts.ReadFile(args[0])))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var v map[string]any
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			ts.Fatalf("line %d is no JSON object: %v", n+1, err)
		}
		n++
	}
	ts.Check(in.Err())
	if strconv.Itoa(n) != args[1] {
		ts.Fatalf("%d lines, want %s", n, args[1])
	}
}

func cmdFill(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 2, "fill FILE SHEET CELL=VALUE…")
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	write(ts, f, args)
}

func cmdDraw(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 2, "draw FILE SHEET CELL=VALUE…")
	f := excelize.NewFile()
	ts.Check(f.SetSheetName(f.GetSheetName(0), args[1]))
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
	write(ts, f, args)
}

// write writes cells and closes the workbook: FILE SHEET CELL=VALUE…
func write(ts *testscript.TestScript, f *excelize.File, args []string) {
	for _, a := range args[2:] {
		cell, value, _ := strings.Cut(a, "=")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			ts.Check(f.SetCellValue(args[1], cell, n))
			continue
		}
		ts.Check(f.SetCellValue(args[1], cell, value))
	}
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// cmdOldExcel writes the cells of a workbook as Save As does in the old format:
// values, styles that matter, hidden sheets; no document properties.
func cmdOldExcel(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "oldexcel FILE OUT")
	f, err := os.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	info, err := f.Stat()
	ts.Check(err)
	book, err := xlsx.Open(f, info.Size(), xlsx.Limits{})
	ts.Check(err)
	var old xlstest.Book
	for _, tab := range book.Sheets {
		g, err := book.Grid(tab.Index)
		ts.Check(err)
		s := xlstest.Sheet{Name: tab.Name, State: byte(tab.State)}
		for _, c := range g.Cells {
			var value any = c.Text
			if n, err := strconv.ParseFloat(c.Text, 64); err == nil && c.Type == xlsx.Number {
				value = n
			}
			s.Cells = append(s.Cells, xlstest.Cell{Row: c.Row - 1, Col: c.Col - 1, Value: value})
		}
		old.Sheets = append(old.Sheets, s)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), old.Bytes(), 0o644))
}

func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 0, "serve NAME ARGS…")
	arguments := args[1:]
	if !strings.Contains(strings.Join(arguments, " "), "--listen") {
		arguments = append([]string{"--listen", "127.0.0.1:0"}, arguments...)
	}
	p, err := launch(ts.MkAbs("."), environment(ts), "tonghop: ", arguments...)
	ts.Check(err)
	ts.Defer(p.kill)
	ts.Setenv(args[0], p.url)
	ts.Value(serversKey{}).(map[string]*process)[args[0]] = p
}

// environment gives the settings that a script made in variables.
func environment(ts *testscript.TestScript) []string {
	var out []string
	for _, name := range settings() {
		variable := envPrefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if value := ts.Getenv(variable); value != "" {
			out = append(out, variable+"="+value)
		}
	}
	return out
}

func cmdStop(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 1, "stop NAME")
	p := ts.Value(serversKey{}).(map[string]*process)[args[0]]
	usage(ts, p != nil, "stop NAME, of a server that runs")
	ts.Check(p.stop(2 * time.Second))
}

func cmdLet(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && (len(args) == 2 || len(args) == 3), "let NAME FILE [PATH]")
	value := strings.TrimSpace(ts.ReadFile(args[1]))
	if len(args) == 3 {
		var v any
		ts.Check(json.Unmarshal([]byte(value), &v))
		found, ok := lookUp(v, strings.Split(args[2], "/"))
		if !ok {
			ts.Fatalf("%s has no %s", args[1], args[2])
		}
		value = found
	}
	ts.Setenv(args[0], value)
}

func cmdDamage(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 1, "damage FILE")
	content := []byte(ts.ReadFile(args[0]))
	content[len(content)/2] ^= 0x40
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}

func cmdGet(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && (len(args) == 2 || len(args) == 3), "get CODE URL [SECRET]")
	req, err := http.NewRequest(http.MethodGet, args[1], nil)
	ts.Check(err)
	if len(args) == 3 {
		req.Header.Set("Authorization", "Bearer "+args[2])
	}
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("answer"), body, 0o644))
	if fmt.Sprint(res.StatusCode) != args[0] {
		ts.Fatalf("GET %s: %d, want %s\n%s", args[1], res.StatusCode, args[0], body)
	}
}
