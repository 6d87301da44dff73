package portal

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"tonghop/internal/portal/client"
	"tonghop/report"
)

// TestOpenAPI: the document is OpenAPI 3.1, names every route with its
// parameters, and loads nothing from elsewhere.
func TestOpenAPI(t *testing.T) {
	w := newWorld(t)
	res, b := w.do("GET", "/api/v1/openapi.json", "", nil)
	if res.StatusCode != 200 {
		t.Fatalf("status %d", res.StatusCode)
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Parameters  []struct{ Name, In string }
			Responses   map[string]any
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("openapi %q", doc.OpenAPI)
	}
	ids := map[string]bool{}
	for _, r := range routes() {
		op, ok := doc.Paths["/api/v1"+r.path][strings.ToLower(r.method)]
		if !ok || op.OperationID != r.id || len(op.Responses) < 2 {
			t.Errorf("%s %s is not documented: %+v", r.method, r.path, op)
		}
		if ids[r.id] {
			t.Errorf("operationId %s stands twice", r.id)
		}
		ids[r.id] = true
		if got, want := len(op.Parameters), len(r.params)+len(pathParams(r.path)); got < want {
			t.Errorf("%s: %d parameters, want %d", r.id, got, want)
		}
	}
	if strings.Contains(string(b), "$schema\"") {
		t.Error("the document links schemas by host")
	}
	res, b = w.do("GET", "/api/v1/openapi.yaml", "", nil)
	if res.StatusCode != 200 || !strings.HasPrefix(string(b), "components:") && !strings.Contains(string(b), "openapi: 3.1") {
		t.Errorf("yaml: status %d: %.80s", res.StatusCode, b)
	}
}

// TestRepliesFitTheirSchemas asks every route that gives JSON, and holds each
// reply against the schema the document gives for it.
func TestRepliesFitTheirSchemas(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	refused := w.hand("", "mttq", formOf("12,5"), false)
	w.hand("", "hctd", formOf("3"), false)
	own := w.withHelp().sendOwn("", "quy-1", "syt", "12")
	question := own.Questions[0]
	const root = "/requests/" + theRequest
	asks := map[string]struct{ path, body, media string }{
		"upload":           {root + "/returns/bhd/uploads", string(formOf("4")), client.MediaJSON},
		"uploads":          {root + "/returns/mttq/uploads", "", ""},
		"check":            {root + "/returns/bhd/check", string(formOf("x")), client.MediaJSON},
		"uploadState":      {"/uploads/" + refused.Upload, "", ""},
		"answer":           {"/uploads/" + own.Upload + "/answers", `{"answers":[{"question":"` + question.Key + `","choice":"` + question.Candidates[0].Code + `"}]}`, client.MediaJSON},
		"remembered":       {"/definitions/tro-giup/answers", "", ""},
		"forget":           {"/definitions/tro-giup/answers/forget", `{"agency":"syt","question":"` + question.Key + `","reason":"Danh mục đã đổi"}`, client.MediaJSON},
		"submit":           {root + "/returns/hctd/submit", "", ""},
		"withdraw":         {root + "/returns/hctd/withdraw", `{"reason":"Cần bổ sung số liệu"}`, client.MediaJSON},
		"approve":          {root + "/returns/syt/approve", "", ""},
		"adjust":           {root + "/returns/syt/adjust", `{"reason":"Bỏ một cuộc tính trùng","figures":[{"place":"288","indicator":"1.02","value":"11"}]}`, client.MediaJSON},
		"return":           {root + "/returns/syt/return", `{"reason":"Chưa khớp với biểu 3"}`, client.MediaJSON},
		"close":            {root + "/close", "", ""},
		"reopen":           {root + "/reopen", `{"reason":"Bổ sung một đơn vị"}`, client.MediaJSON},
		"requests":         {"/requests", "", ""},
		"request":          {root, "", ""},
		"status":           {root + "/status", "", ""},
		"requestRules":     {root + "/rules", "", ""},
		"tryRules":         {root + "/rules/try", `{"rules": [{"code": "R90", "check": "[1.02] > 100", "text": "Ít cuộc"}]}`, client.MediaJSON},
		"rules":            {"/definitions/ngay-ctxh/rules?day=2021-03-30", "", ""},
		"rollup":           {root + "/rollup?by=agency,unit,place", "", ""},
		"explain":          {root + "/explain?indicator=1.02", "", ""},
		"changes":          {root + "/changes?since=2021-01-01", "", ""},
		"joint":            {root + "/joint", "", ""},
		"applyDocuments":   {"/documents", w.document(report.KindRequest), client.MediaJSON},
		"applyDefinitions": {"/definitions", w.document(report.KindDefinition), client.MediaJSON},
		"applyRegisters":   {"/registers", w.document(report.KindRegister), "application/yaml"},
		"applyRequests":    {"/requests", w.document(report.KindRequest), client.MediaJSON},
		"definitions":      {"/definitions", "", ""},
		"definition":       {"/definitions/ngay-ctxh", "", ""},
		"registers":        {"/registers", "", ""},
		"register":         {"/registers/hai-duong?version=2021.1", "", ""},
		"log":              {"/log", "", ""},
		"replay":           {"/replay", "", ""},
		"audit":            {"/audit", "", ""},
		"deadLetters":      {"/deadletters", "", ""},
		"marks":            {"/marks", string(w.template("syt")), client.MediaXLSX},
		"tokens":           {"/tokens", "", ""},
	}
	schemas := newSchemas()
	for _, r := range routes() {
		if r.reply == nil || r.id == "issueToken" || r.id == "revokeToken" {
			continue // a token ends the freedom of the machine itself: see TestTokens
		}
		t.Run(r.id, func(t *testing.T) {
			ask, ok := asks[r.id]
			if !ok {
				t.Fatal("no example of this route")
			}
			res, b := w.do(r.method, "/api/v1"+ask.path, "", strings.NewReader(ask.body), "Content-Type", ask.media)
			if res.StatusCode != r.status {
				t.Fatalf("status %d, want %d: %s", res.StatusCode, r.status, b)
			}
			fits(t, schemas, r.reply, b)
		})
	}
}

// fits holds a JSON text against the schema of a type.
func fits(t *testing.T, schemas huma.Registry, of any, b []byte) {
	t.Helper()
	schema := schemas.Schema(reflect.TypeOf(of), true, "reply")
	for _, s := range schemas.Map() {
		open(s)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	var result huma.ValidateResult
	huma.Validate(schemas, schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, &result)
	for _, err := range result.Errors {
		t.Error(err)
	}
	if t.Failed() {
		t.Logf("%.800s", b)
	}
}

// document gives a document of the example as JSON.
func (w *world) document(kind report.EventKind) string {
	w.t.Helper()
	for _, d := range exampleDocuments(w.t) {
		if d.Kind == kind {
			b, err := d.JSON()
			if err != nil {
				w.t.Fatal(err)
			}
			return string(b)
		}
	}
	w.t.Fatalf("the example has no %s", kind)
	return ""
}

// template fetches an agency's workbook.
func (w *world) template(agency string) []byte {
	w.t.Helper()
	res, b := w.do("GET", "/api/v1/requests/"+theRequest+"/template.xlsx?agency="+agency, "", nil)
	if res.StatusCode != http.StatusOK {
		w.t.Fatalf("template: status %d: %s", res.StatusCode, b)
	}
	return b
}

// TestFiles: what is given back as a file is that file.
func TestFiles(t *testing.T) {
	w := newWorld(t).withExample()
	form := formOf("12")
	u := w.hand("", "syt", form, true)
	const root = "/api/v1/requests/" + theRequest

	res, b := w.do("GET", "/api/v1/uploads/"+u.Upload+"/file", "", nil)
	if !bytes.Equal(b, form) {
		t.Errorf("the file came back as %s", b)
	}
	mustContain(t, res.Header.Get("Content-Disposition"), "attachment")

	_, b = w.do("GET", root+"/rollup.csv?by=agency,place&indicator=1.02", "", nil)
	if !bytes.HasPrefix(b, []byte("\ufeffagency,agency_name,group,")) || !bytes.Contains(b, []byte("\r\nsyt,Sở Y tế,,,,,288,Thành phố Hải Dương,1.02,")) {
		t.Errorf("got %q", b)
	}
	if head, row, _ := bytes.Cut(b, []byte("\r\n")); !bytes.HasSuffix(head, []byte(",provisional")) || !bytes.Contains(row, []byte(",true\r\n")) {
		t.Errorf("nothing says that figures are provisional in %q", b)
	}
	_, b = w.do("GET", root+"/rollup.csv?by=unit&indicator=1.02", "", nil)
	if !bytes.Contains(b, []byte("\r\n,,,,syt,Sở Y tế,,,1.02,")) {
		t.Errorf("a unit does not stand in its column in %q", b)
	}

	res, b = w.do("GET", root+"/schema.json?agency=syt", "", nil)
	if res.Header.Get("Content-Type") != mediaSchema || !json.Valid(b) {
		t.Errorf("schema: %s %s", res.Header.Get("Content-Type"), b)
	}
}

// TestConditional: what has not changed is not sent again, and what has is.
func TestConditional(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	for _, path := range []string{"/rollup", "/rollup.csv", "/summary.xlsx"} {
		address := "/api/v1/requests/" + theRequest + path
		res, first := w.do("GET", address, "", nil)
		tag := res.Header.Get("ETag")
		if tag == "" {
			t.Fatalf("%s has no ETag", path)
		}
		res, b := w.do("GET", address, "", nil, "If-None-Match", tag)
		if res.StatusCode != http.StatusNotModified || len(b) > 0 {
			t.Errorf("%s: status %d with %d bytes", path, res.StatusCode, len(b))
		}
		w.hand("", "syt", formOf(strconv.Itoa(20+len(path))), true)
		res, second := w.do("GET", address, "", nil, "If-None-Match", tag)
		if res.StatusCode != 200 || bytes.Equal(first, second) {
			t.Errorf("%s: status %d after a change", path, res.StatusCode)
		}
	}
}

// TestTags: no other question has the tag of a reply, and no other version of the
// program gives it.
func TestTags(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	seen := map[string]string{}
	look := func(path string) {
		res, _ := w.do("GET", "/api/v1/requests/"+theRequest+path, "", nil)
		asked, tag := path+" of "+w.portal.Version, res.Header.Get("ETag")
		if other, taken := seen[tag]; taken || tag == "" {
			t.Errorf("%s has the tag %q, as has %s", asked, tag, other)
		}
		seen[tag] = asked
	}
	for _, version := range []string{"test", "next"} {
		w.portal.Version = version
		for _, path := range []string{"/rollup", "/rollup?by=place", "/rollup.csv", "/rollup.csv?dialect=excel-vi", "/rollup.xlsx"} {
			look(path)
		}
	}
}
