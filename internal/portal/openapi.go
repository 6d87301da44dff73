package portal

import (
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tonghop/internal/portal/api"
	"tonghop/report/fault"
)

// serveOpenAPI serves the document of the table, which is made once.
func (s *site) serveOpenAPI(table []route) {
	doc := openAPI(table, s.Version)
	asJSON, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		panic(err) // the table is ours
	}
	asYAML, err := doc.YAML()
	if err != nil {
		panic(err)
	}
	s.serveDocument("/openapi.json", "application/vnd.oai.openapi+json;version=3.1", asJSON)
	s.serveDocument("/openapi.yaml", "application/vnd.oai.openapi;version=3.1", asYAML)
}

// serveDocument serves a document that anyone may read: it says how to ask, and
// nothing of what is here.
func (s *site) serveDocument(path, media string, b []byte) {
	s.mux.HandleFunc("GET "+apiRoot+path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.Write(b)
	})
}

// openAPI makes the OpenAPI 3.1 document of the table. The schemas come from the
// types that the handlers answer with.
func openAPI(table []route, version string) *huma.OpenAPI {
	schemas := newSchemas()
	doc := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "tonghop", Version: orNone(version),
			Description: "Tổng hợp báo cáo của nhiều đơn vị thành một (bringing many reports together into one). " +
				"Số liệu là số thập phân dạng chuỗi; thời gian theo RFC 3339, UTC; lỗi theo RFC 9457.",
			License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
		},
		Components: &huma.Components{
			Schemas: schemas,
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer", Description: "Mã truy cập (a token)"},
				"basic":  {Type: "http", Scheme: "basic", Description: "Tên: mã số của mã truy cập; mật khẩu: chính mã ấy (user: the token's id; password: the token), for Excel"},
			},
		},
		Security: []map[string][]string{{"bearer": {}}, {"basic": {}}, {}},
	}
	for i := range table {
		doc.AddOperation(operation(&table[i], schemas))
	}
	for _, s := range schemas.Map() {
		open(s)
	}
	return doc
}

func orNone(version string) string {
	if version == "" {
		return "0"
	}
	return version
}

// newSchemas is a registry that knows how our own types are written in JSON.
func newSchemas() huma.Registry {
	schemas := huma.NewMapRegistry("#/components/schemas/", schemaName)
	schemas.RegisterTypeAlias(reflect.TypeFor[fault.Fault](), reflect.TypeFor[Finding]())
	return schemas
}

// schemaName names the schema of a type. Two packages have an Explanation, each
// its own, so what is not of the API's own types carries its package's name.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch pkg := path.Base(t.PkgPath()); {
	case t.Name() == "" || pkg == "api" || pkg == "portal":
		return name
	default:
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
}

// Finding is a fault as JSON writes it.
type Finding struct {
	Code     string         `json:"code" example:"V302"`
	Severity string         `json:"severity" enum:"stop,error,explain,note"`
	File     string         `json:"file,omitempty"`
	Sheet    string         `json:"sheet" example:"Biểu 01"`
	Cell     string         `json:"cell" example:"F18"`
	Line     int            `json:"line,omitempty"`
	Column   int            `json:"column,omitempty"`
	VI       string         `json:"vi"`
	EN       string         `json:"en"`
	Fix      string         `json:"fix"`
	FixEN    string         `json:"fixEn"`
	Related  []string       `json:"related,omitempty"`
	Group    string         `json:"group,omitempty" example:"R402/R05/Biểu 2/C" doc:"Chung cho những phát hiện được nói một lần (what findings that are said once have in common)"`
	Args     map[string]any `json:"args,omitempty"`
}

// open lets objects have more fields than are named: clients must put up with
// them, as later versions will add some.
func open(s *huma.Schema) {
	s.AdditionalProperties = keepMaps(s)
	for _, p := range s.Properties {
		if p.Ref == "" {
			open(p)
		}
	}
	if s.Items != nil && s.Items.Ref == "" {
		open(s.Items)
	}
}

func keepMaps(s *huma.Schema) any {
	if of, ok := s.AdditionalProperties.(*huma.Schema); ok {
		return of
	}
	return nil
}

func operation(r *route, schemas huma.Registry) *huma.Operation {
	op := &huma.Operation{
		Method: r.method, Path: apiRoot + r.path, OperationID: r.id, Tags: []string{r.group}, Summary: r.summary,
		Responses: map[string]*huma.Response{},
	}
	for _, name := range pathParams(r.path) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: "string"}})
	}
	for _, p := range r.params {
		op.Parameters = append(op.Parameters, &huma.Param{Name: p.name, In: "query", Description: p.text, Example: exampleOf(p), Schema: &huma.Schema{Type: p.kind}})
	}
	if r.id == "upload" {
		op.Parameters = append(op.Parameters, headerParam("Idempotency-Key", "Khoá của lần gửi; gửi lại với cùng khoá không có thêm tác dụng (repeating with the same key has no further effect)"))
	}
	if r.id == "events" {
		op.Parameters = append(op.Parameters, headerParam("Last-Event-ID", "Sự kiện cuối đã thấy; tiếp ngay sau nó (goes on exactly after it)"))
	}
	if len(r.body) > 0 {
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
		for _, b := range r.body {
			op.RequestBody.Content[b.media] = &huma.MediaType{Schema: schemaOf(schemas, b.of, r.id+"Body")}
		}
	}
	good := &huma.Response{Description: http.StatusText(r.status), Content: map[string]*huma.MediaType{}}
	if r.reply != nil {
		good.Content["application/json"] = &huma.MediaType{Schema: schemaOf(schemas, r.reply, r.id+"Reply")}
	} else {
		good.Content[r.media] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: binary(r.media)}}
	}
	op.Responses[strconv.Itoa(r.status)] = good
	op.Responses["default"] = &huma.Response{
		Description: "Lỗi (a problem)",
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schemaOf(schemas, api.Problem{}, "Problem")}},
	}
	return op
}

func exampleOf(p param) any {
	if p.example == "" {
		return nil
	}
	if p.kind == "string" {
		return p.example
	}
	var v any
	if json.Unmarshal([]byte(p.example), &v) != nil {
		return nil
	}
	return v
}

func headerParam(name, text string) *huma.Param {
	return &huma.Param{Name: name, In: "header", Description: text, Schema: &huma.Schema{Type: "string"}}
}

// schemaOf gives the schema of a value's type; nil stands for bytes.
func schemaOf(schemas huma.Registry, v any, hint string) *huma.Schema {
	if v == nil {
		return &huma.Schema{Type: "string", Format: "binary"}
	}
	return schemas.Schema(reflect.TypeOf(v), true, hint)
}

func binary(media string) string {
	if strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "json") {
		return ""
	}
	return "binary"
}

// pathParams gives the names in braces of a path.
func pathParams(path string) []string {
	var out []string
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, strings.TrimSuffix(name, "}"))
		}
	}
	return slices.Clip(out)
}
