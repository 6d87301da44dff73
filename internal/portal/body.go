package portal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// maxJSON bounds the body of a decision, in bytes.
const maxJSON = 1 << 20

// envelope is room for what stands around a file in a multipart body.
const envelope = 64 << 10

// maxField bounds a field of a multipart body, in bytes.
const maxField = 16 << 10

// bodyLimit is the largest upload the desk takes, in bytes.
func (p *Portal) bodyLimit() int64 {
	if p.Desk.MaxBody > 0 {
		return p.Desk.MaxBody
	}
	return ingest.DefaultMaxBody
}

// decode reads a JSON body. An empty one leaves into as it is; what into does
// not know is refused, so that a misspelt field is not passed over in silence.
func (c *call) decode(into any) error {
	b, err := c.readAll(c.r.Body)
	if err != nil {
		return err
	}
	if len(b) == 0 {
		return nil
	}
	if media, _ := c.media(); media != client.MediaJSON && !unnamed(media) {
		return unsupported(media, client.MediaJSON)
	}
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return badJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fault.New(fault.BadJSON, fault.Both("detail", "còn nội dung sau giá trị đầu tiên", "something follows the first value"))
	}
	return nil
}

// unnamed reports whether a body came without a media type of its own: with
// none, or with the one that simple clients write on everything they send.
func unnamed(media string) bool { return media == "" || media == "application/x-www-form-urlencoded" }

// badJSON says what is wrong with JSON, and where, when the decoder knows.
func badJSON(err error) error {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	var moment *time.ParseError
	detail := func(vi, en string) error { return fault.New(fault.BadJSON, fault.Both("detail", vi, en)) }
	switch {
	case errors.As(err, &syntax):
		return detail(fmt.Sprintf("sai cú pháp ở byte %d", syntax.Offset), fmt.Sprintf("the syntax is wrong at byte %d", syntax.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return detail("nội dung bị đứt ở cuối", "it breaks off at its end")
	case errors.As(err, &typed) && typed.Field == "":
		return detail("cần một đối tượng {…}", "an object {…} is expected")
	case errors.As(err, &typed):
		return detail(fmt.Sprintf("“%s” không đúng kiểu", typed.Field), fmt.Sprintf("“%s” is of the wrong type", typed.Field))
	}
	if errors.As(err, &moment) {
		got := clip(strings.Trim(moment.Value, `"`))
		return detail(fmt.Sprintf("“%s” không phải thời điểm theo RFC 3339", got), fmt.Sprintf("“%s” is no moment of RFC 3339", got))
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok { // an error without a type of its own
		field = clip(strings.Trim(field, `"`))
		return detail(fmt.Sprintf("không có trường “%s”", field), fmt.Sprintf("there is no field “%s”", field))
	}
	return detail("có giá trị không đọc được ("+clip(err.Error())+")", "a value cannot be read ("+clip(err.Error())+")")
}

// media gives the media type of the body without its parameters, and those.
func (c *call) media() (string, map[string]string) {
	media, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil {
		return clip(c.r.Header.Get("Content-Type")), nil
	}
	return media, params
}

func unsupported(got, choices string) error {
	return fault.New(fault.MediaTypeUnsupported, fault.A("got", clip(got)), fault.A("choices", choices))
}

// readAll reads a body to its end. One that breaks off was not received.
func (c *call) readAll(r io.Reader) ([]byte, error) {
	var b []byte
	if n := c.r.ContentLength; n > 0 && n <= c.bodyLimit() {
		b = make([]byte, 0, n+1) // one more, to see the end without growing
	}
	b, err := readInto(r, b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fault.New(fault.BodyIncomplete, fault.A("got", strconv.Itoa(len(b))),
			fault.A("expected", strconv.FormatInt(max(c.r.ContentLength, 0), 10)))
	}
	return b, err
}

// readInto is io.ReadAll into a slice with room.
func readInto(r io.Reader, b []byte) ([]byte, error) {
	if cap(b) == 0 {
		return io.ReadAll(r)
	}
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return b, err
		}
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
	}
}

// uploadMedia are the media types an upload may have, by what they become. What
// is inside is found out by reading it: what is no workbook gets a finding that
// tells its agency what to do.
var uploadMedia = map[string]report.Via{
	client.MediaXLSX:           report.ViaWorkbook,
	client.MediaAny:            report.ViaWorkbook,
	"application/vnd.ms-excel": report.ViaWorkbook,
	"application/vnd.ms-excel.sheet.macroenabled.12": report.ViaWorkbook,
	"application/vnd.oasis.opendocument.spreadsheet": report.ViaWorkbook,
	"application/zip":           report.ViaWorkbook,
	"text/csv":                  report.ViaWorkbook,
	"text/tab-separated-values": report.ViaWorkbook,
	client.MediaJSON:            report.ViaForm,
}

const uploadChoices = client.MediaXLSX + ", application/vnd.ms-excel, text/csv, " + client.MediaAny + ", " + client.MediaJSON + ", multipart/form-data"

// parcel is what came in a body: a file or a form, and what was said with it.
type parcel struct {
	name, media string
	via         report.Via
	body        []byte
	fields      map[string]string // further fields of a multipart form, see formFields
}

// formFields are the parts of a multipart form, as [Multipart] has them. Any
// other is refused, and so is a second one of a name: of two files one would be
// lost in silence.
var formFields = []string{"file", "submit", "note"}

// parcel reads an upload: the body itself, or the part "file" of a multipart
// form.
func (c *call) parcel() (*parcel, error) {
	media, params := c.media()
	if media == "multipart/form-data" {
		return c.multipart(params["boundary"])
	}
	if _, known := uploadMedia[media]; !known && !unnamed(media) {
		return nil, unsupported(media, uploadChoices)
	}
	b, err := c.readAll(c.r.Body)
	if err != nil {
		return nil, err
	}
	if unnamed(media) {
		media = formOrFile(b)
	}
	via := uploadMedia[media]
	return &parcel{name: c.fileName(), media: media, via: via, body: b}, nil
}

// formOrFile tells a form from a file where the sender did not.
func formOrFile(b []byte) string {
	if b = bytes.TrimLeft(b, " \t\r\n\ufeff"); len(b) > 0 && b[0] == '{' {
		return client.MediaJSON
	}
	return client.MediaAny
}

// fileName is the name the sender gives the file, "" for none.
func (c *call) fileName() string {
	_, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return baseName(params["filename"])
}

// baseName keeps the last part of a name, without what cannot be shown, and not
// too long: it stands in logs, on pages and in the summary.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	const most = 200
	if r := []rune(name); len(r) > most {
		name = string(r[len(r)-most:]) // the end has the extension
	}
	return name
}

func (c *call) multipart(boundary string) (*parcel, error) {
	if boundary == "" {
		return nil, multipartWrong("thiếu boundary", "no boundary")
	}
	out := &parcel{fields: map[string]string{}}
	given := map[string]bool{}
	reader := multipart.NewReader(c.r.Body, boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, c.brokenPart(err)
		}
		name := part.FormName()
		switch {
		case !slices.Contains(formFields, name):
			return nil, unknownParameter(name, formFields)
		case given[name]:
			return nil, multipartWrong("có hơn một phần “"+name+"”", "there is more than one part “"+name+"”")
		case name == "file":
			err = c.filePart(out, part)
		default:
			err = out.field(name, part)
		}
		if err != nil {
			return nil, c.brokenPart(err)
		}
		given[name] = true
	}
	if !given["file"] {
		return nil, multipartWrong("thiếu phần “file”", "the part “file” is missing")
	}
	return out, nil
}

func (c *call) filePart(out *parcel, part *multipart.Part) (err error) {
	out.name = baseName(part.FileName())
	out.media, _, err = mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		out.media = client.MediaAny
	}
	out.via = uploadMedia[out.media]
	if out.via == "" { // browsers name types as their machine knows them
		out.via, out.media = report.ViaWorkbook, client.MediaAny
	}
	out.body, err = io.ReadAll(part)
	return err
}

// field keeps a field of the form, which must be short.
func (p *parcel) field(name string, part *multipart.Part) error {
	b, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return err
	}
	if len(b) > maxField {
		return wrong(name, string(b), "không quá 16 KB", "16 KB at most")
	}
	p.fields[name] = string(b)
	return nil
}

// brokenPart says why a multipart body could not be read: too long, or broken.
func (c *call) brokenPart(err error) error {
	var one fault.Fault
	if isTooLong(err) || errors.As(err, &one) || c.ctx().Err() != nil {
		return err
	}
	return multipartWrong("nội dung bị đứt hoặc sai cấu trúc", "it is broken off or badly formed")
}

func multipartWrong(vi, en string) error {
	return fault.New(fault.MultipartWrong, fault.Both("detail", vi, en))
}
