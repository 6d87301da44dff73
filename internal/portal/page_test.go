package portal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// pagesOf are the pages of a world, empty or full.
func pagesOf(uploads ...string) []string {
	all := []string{"/", "/dang-nhap"}
	for _, u := range uploads {
		all = append(all, "/tep/"+u)
	}
	const r = "/" + theRequest
	for _, agency := range []string{"syt", "sgddt", "mttq", "hctd"} {
		all = append(all, "/nop"+r+"/"+agency)
	}
	return append(all, "/yeu-cau"+r, "/yeu-cau"+r+"/trung", "/so-lieu"+r, "/so-lieu"+r+"?by=place", "/so-lieu"+r+"?by=both", "/so-lieu"+r+"?by=both&indicator=3.01",
		"/so-lieu"+r+"?search=y+te", "/so-lieu"+r+"?by=both&search=so&top=3", "/so-lieu"+r+"?by=place&top=5&least=true&bounds=true&against=plan",
		"/so-lieu"+r+"?official=true&asOf=2021-03-20T09:00", "/so-lieu"+r+"/o?indicator=1.02", "/so-lieu"+r+"/o?indicator=3.01",
		"/so-lieu"+r+"/o?indicator=1.19", "/so-lieu"+r+"/o?indicator=1.16")
}

// TestPages opens every page in both languages over nothing, over a request
// nobody has answered, and over one with everything that can happen.
func TestPages(t *testing.T) {
	t.Run("nothing", func(t *testing.T) {
		w := newWorld(t)
		for _, lang := range languages {
			w.wellMade("/?lang="+lang, lang)
		}
	})
	t.Run("nobody has answered", func(t *testing.T) {
		w := newWorld(t).withExample()
		for _, lang := range languages {
			for _, p := range pagesOf() {
				w.wellMade(withLang(p, lang), lang)
			}
		}
	})
	t.Run("everything", func(t *testing.T) {
		w := newWorld(t).withExample()
		uploads := w.everything()
		for _, lang := range languages {
			for _, p := range pagesOf(uploads...) {
				w.wellMade(withLang(p, lang), lang)
			}
		}
	})
}

func withLang(address, lang string) string {
	if strings.Contains(address, "?") {
		return address + "&lang=" + lang
	}
	return address + "?lang=" + lang
}

// everything brings returns into every state, and gives an upload of each.
func (w *world) everything() []string {
	c := w.portal.Desk
	ctx := w.t.Context()
	var uploads []string
	hand := func(agency, value string, submit bool) string {
		u := w.hand("", agency, formOf(value), submit)
		uploads = append(uploads, u.Upload)
		return u.Upload
	}
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	hand("syt", "12", true)
	must(c.Approve(ctx, local, theRequest, "syt", 0, ""))
	hand("sgddt", "1", true)
	hand("sgddt", "2", true) // the first is superseded
	_, err := c.Return(ctx, local, theRequest, "sgddt", 0, "Chưa khớp với biểu 3", []string{"Biểu 2!F18"})
	must(err)
	hand("hctd", "3", true)
	_, err = c.Withdraw(ctx, local, theRequest, "hctd", 0, "Cần bổ sung số liệu")
	must(err)
	hand("mttq", "1,5", false)
	hand("hlhpn", "4", false)
	w.clock.Set(time.Date(2021, 4, 8, 9, 0, 0, 0, vietnam))
	hand("stttt", "5", true)
	uploads = append(uploads, w.handFile("tdtn", "tdtn-chua-nop.xlsx").Upload, w.handFile("mttq", "mttq-2021-03-29.xlsx").Upload)
	return uploads
}

var (
	titleRE = regexp.MustCompile(`<title>([^<]*)</title>`)
	idRE    = regexp.MustCompile(` id="([^"]+)"`)
	forRE   = regexp.MustCompile(` (?:for|aria-labelledby|aria-describedby)="([^"]+)"`)
	hrefRE  = regexp.MustCompile(`href="#([^"]+)"`)
	styleRE = regexp.MustCompile(` style="|<style|<script(?:>| [^>]*>[^<])| on[a-z]+="`)
)

// wellMade opens a page and looks for what a page must and must not have.
func (w *world) wellMade(address, lang string) string {
	w.t.Helper()
	res, b := w.do("GET", address, "", nil, "Accept", "text/html")
	text := string(b)
	if res.StatusCode != 200 {
		w.t.Errorf("%s: status %d: %s", address, res.StatusCode, text)
		return text
	}
	for _, part := range []string{`<html lang="` + lang + `">`, "<main", "</html>", "<h1"} {
		if !strings.Contains(text, part) {
			w.t.Errorf("%s lacks %s", address, part)
		}
	}
	if got := res.Header.Get("Cache-Control"); got != "no-store" {
		w.t.Errorf("%s may be kept: %q", address, got)
	}
	if m := styleRE.FindString(text); m != "" {
		w.t.Errorf("%s has something inline, which its policy forbids: %q", address, m)
	}
	if strings.Contains(text, "<no value>") || strings.Contains(text, "ZgotmplZ") || strings.Contains(text, "%!") {
		w.t.Errorf("%s has a hole", address)
	}
	ids := map[string]bool{}
	for _, m := range idRE.FindAllStringSubmatch(text, -1) {
		if ids[m[1]] {
			w.t.Errorf("%s: id %s stands twice", address, m[1])
		}
		ids[m[1]] = true
	}
	for _, re := range []*regexp.Regexp{forRE, hrefRE} {
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			if !ids[m[1]] {
				w.t.Errorf("%s: %s leads nowhere", address, m[0])
			}
		}
	}
	return text
}

// TestTitleSaysErrors: whoever hears the title knows that something is wrong.
func TestTitleSaysErrors(t *testing.T) {
	w := newWorld(t).withExample()
	bad, good := w.hand("", "mttq", formOf("1,5"), false), w.hand("", "syt", formOf("1"), false)
	for address, want := range map[string]string{
		"/tep/" + bad.Upload:              "Lỗi: Còn 1 lỗi phải sửa",
		"/tep/" + bad.Upload + "?lang=en": "Error: 1 error to mend",
		"/tep/" + good.Upload:             "Sẵn sàng nộp",
	} {
		_, b := w.do("GET", address, "", nil, "Accept", "text/html")
		if m := titleRE.FindSubmatch(b); m == nil || !strings.HasPrefix(string(m[1]), want) {
			t.Errorf("%s: title %q, want %q", address, m, want)
		}
	}
}

// TestForeignTextIsText: what an agency writes never becomes markup.
func TestForeignTextIsText(t *testing.T) {
	w := newWorld(t).withExample()
	const evil = `<script>alert(1)</script>`
	form := strings.Replace(string(formOf("1")), "Đã tổ chức lễ kỷ niệm.", evil, 1)
	req := []byte(form)
	res, _ := w.do("POST", "/api/v1/requests/"+theRequest+"/returns/syt/uploads?submit=true", "", bytes.NewReader(req),
		"Content-Type", "application/json", "Content-Disposition", `attachment; filename="<img src=x>.xlsx"`)
	if res.StatusCode != http.StatusAccepted {
		t.Fatalf("status %d", res.StatusCode)
	}
	u := w.hand("", "syt", req, true)
	for _, address := range []string{"/tep/" + u.Upload, "/nop/" + theRequest + "/syt", "/yeu-cau/" + theRequest, "/so-lieu/" + theRequest + "/o?indicator=3.01"} {
		_, b := w.do("GET", address, "", nil, "Accept", "text/html")
		if bytes.Contains(b, []byte(evil)) || bytes.Contains(b, []byte("<img src=x>")) {
			t.Errorf("%s carries foreign markup", address)
		}
	}
}

// TestClerkWithoutScript goes the clerk's way with plain forms: a file, its
// findings, the explanation, the submission, the withdrawal.
func TestClerkWithoutScript(t *testing.T) {
	w := newWorld(t).withExample()
	file, err := os.ReadFile("../../examples/ngay-ctxh-2021/nop/mttq/mttq-2021-03-29.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	const page = "/nop/" + theRequest + "/mttq"
	body, media := multipartOf(t, "file", "mttq.xlsx", file, map[string]string{"submit": "true", "note": "Số của quý I"})
	res, b := w.do("POST", page, "", body, "Content-Type", media, "Accept", "text/html")
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", res.StatusCode, b)
	}
	result := res.Header.Get("Location")
	upload := strings.TrimPrefix(result, "/tep/")
	if u, err := w.client("").Settled(t.Context(), upload); err != nil || u.State != report.StateReady {
		t.Fatalf("%+v %v", u, err)
	}
	_, b = w.do("GET", result, "", nil, "Accept", "text/html")
	mustContain(t, string(b), "Cần giải trình", `name="giai-trinh-0"`, "Nộp báo cáo")

	res, b = w.post(result+"/nop", url.Values{"giai-trinh-0": {"ngắn"}})
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("a short reason: %d", res.StatusCode)
	}
	mustContain(t, string(b), "<title>Lỗi: ", ">ngắn</textarea>", "W709")

	res, _ = w.post(result+"/nop", url.Values{"giai-trinh-0": {"Có ba nhà Đại đoàn kết trong số này"}})
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("submitting: %d", res.StatusCode)
	}
	_, b = w.do("GET", res.Header.Get("Location"), "", nil, "Accept", "text/html")
	mustContain(t, string(b), "Đã nộp báo cáo", "Có ba nhà Đại đoàn kết", "SHA-256")

	if res, b = w.post(page+"/thu-hoi", nil); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(b), "W709") {
		t.Fatalf("taken back without a reason: %d", res.StatusCode)
	}
	if res, _ = w.post(page+"/thu-hoi", url.Values{"reason": {"Còn thiếu một huyện"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("withdrawing: %d", res.StatusCode)
	}
	res, b = w.do("POST", page, "", strings.NewReader(""), "Content-Type", "multipart/form-data; boundary=x", "Accept", "text/html")
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", res.StatusCode)
	}
	mustContain(t, string(b), "<title>Lỗi: ", "A810")
}

// TestNothingOccurred: who has nothing to report says so without a file, sees it
// and then submits.
func TestNothingOccurred(t *testing.T) {
	w := newWorld(t).withExample()
	const page = "/nop/" + theRequest + "/mttq"
	_, b := w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), `action="`+page+`/khong-phat-sinh"`)
	res, b := w.post(page+"/khong-phat-sinh", nil)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", res.StatusCode, b)
	}
	result := res.Header.Get("Location")
	u, err := w.client("").Settled(t.Context(), strings.TrimPrefix(result, "/tep/"))
	if err != nil || u.State != report.StateReady || !u.Nil || u.Version != 0 {
		t.Fatalf("%+v %v; want a nil report, ready and not submitted", u, err)
	}
	_, b = w.do("GET", result, "", nil, "Accept", "text/html")
	mustContain(t, string(b), "Không phát sinh", "Nộp báo cáo")
	if res, b = w.post(result+"/nop", nil); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("submitting: %d %s", res.StatusCode, b)
	}
	if u, err = w.client("").Settled(t.Context(), u.Upload); err != nil || u.State != report.StateSubmitted {
		t.Errorf("%+v %v; want it submitted", u, err)
	}
}

// TestCoordinatorWithoutScript: approve what was seen, send back, close, reopen.
func TestCoordinatorWithoutScript(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("1"), true)
	w.hand("", "syt", formOf("2"), true)
	const page = "/yeu-cau/" + theRequest
	for _, step := range []struct {
		name, path string
		form       url.Values
		status     int
		says       string
	}{
		{"approving what was replaced since", "/syt/duyet", url.Values{"version": {"1"}}, 422, "W714"},
		{"approving", "/syt/duyet", url.Values{"version": {"2"}}, 303, "Đã duyệt"},
		{"sending back without a reason", "/syt/tra-lai", url.Values{"version": {"2"}}, 422, "W709"},
		{"sending back", "/syt/tra-lai", url.Values{"version": {"2"}, "reason": {"Chưa khớp với biểu 3"}}, 303, "Bị trả lại"},
		{"closing", "/khoa", nil, 303, "Đã khoá"},
		{"reopening without a reason", "/mo-lai", nil, 422, "W709"},
		{"reopening", "/mo-lai", url.Values{"reason": {"Bổ sung một đơn vị"}}, 303, "Đang nhận"},
	} {
		res, b := w.post(page+step.path, step.form)
		if res.StatusCode != step.status {
			t.Fatalf("%s: status %d: %s", step.name, res.StatusCode, b)
		}
		if step.status == 303 {
			_, b = w.do("GET", res.Header.Get("Location"), "", nil, "Accept", "text/html")
		}
		mustContain(t, string(b), step.says)
	}
}

// TestBoardOfWhatIsOfficial: once all are approved and the request is closed,
// the board, the workbook it offers and the figures, as they are given unasked,
// are TẠM TÍNH no more.
func TestBoardOfWhatIsOfficial(t *testing.T) {
	w := newWorld(t).withExample()
	const page = "/yeu-cau/" + theRequest
	for _, agency := range []string{"syt", "sgddt", "stttt", "dptth", "bhd", "mttq", "hlhpn", "hctd", "tdtn"} {
		w.hand("", agency, []byte(`{"nil":true}`), true)
		if res, b := w.post(page+"/"+agency+"/duyet", url.Values{"version": {"1"}}); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("approving %s: %d %s", agency, res.StatusCode, b)
		}
	}
	_, b := w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), "TẠM TÍNH", `summary.xlsx"`)
	if res, b := w.post(page+"/khoa", nil); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("closing: %d %s", res.StatusCode, b)
	}
	_, b = w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), `summary.xlsx"`)
	if strings.Contains(string(b), "TẠM TÍNH") {
		t.Error("the board is still TẠM TÍNH")
	}
	const root = "/api/v1/requests/" + theRequest
	for _, file := range []string{"/summary.xlsx", "/rollup.csv", "/rollup.xlsx"} {
		res, _ := w.do("GET", root+file, "", nil)
		if name := res.Header.Get("Content-Disposition"); strings.Contains(name, "tam-tinh") {
			t.Errorf("%s is named %s", file, name)
		}
	}
	for _, path := range []string{"/rollup", "/explain?indicator=1.02"} {
		_, b = w.do("GET", root+path, "", nil)
		mustContain(t, string(b), `"official":true`, `"provisional":false`)
	}
}

func (w *world) post(address string, form url.Values) (*http.Response, []byte) {
	w.t.Helper()
	return w.do("POST", address, "", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
}

func multipartOf(t *testing.T, field, name string, b []byte, fields map[string]string) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(b)
	for k, v := range fields {
		m.WriteField(k, v)
	}
	m.Close()
	return &body, m.FormDataContentType()
}

// TestErrorPages: a browser gets a page, in words, with a way on; everything
// else gets a problem.
func TestErrorPages(t *testing.T) {
	w := newWorld(t)
	for _, address := range []string{"/khong-co", "/tep/khong-co", "/yeu-cau/khong-co", "/nop/khong-co/syt", "/so-lieu/khong-co", "/static/khong-co.css"} {
		res, b := w.do("GET", address, "", nil, "Accept", "text/html")
		if res.StatusCode != 404 {
			t.Errorf("%s: status %d", address, res.StatusCode)
		}
		mustContain(t, string(b), "<title>Lỗi: ", "<h1>")
		if p := w.problem("GET", address, "", nil); p.Status != 404 {
			t.Errorf("%s as a problem: %d", address, p.Status)
		}
	}
}

// TestHeaders: the policy allows nothing inline and nothing from elsewhere.
func TestHeaders(t *testing.T) {
	w := newWorld(t)
	for _, address := range []string{"/", "/api/v1/requests", "/khong-co", "/static/portal.css"} {
		res, _ := w.do("GET", address, "", nil)
		h := res.Header
		if csp := h.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", address, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", address, h)
		}
	}
	if res, _ := w.do("GET", "/static/portal.css", "", nil); !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Error("assets are not kept")
	}
}

// TestVendor: what was taken from others is what it was, and its licence is
// beside it.
func TestVendor(t *testing.T) {
	var vendors []struct {
		Name, Version, Licence, LicenceFile string
		Files                               []struct{ File, SHA256 string }
	}
	b, err := os.ReadFile("vendor.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &vendors); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, v := range vendors {
		if v.Name == "" || v.Version == "" || v.Licence == "" {
			t.Errorf("%+v says too little", v)
		}
		for _, f := range v.Files {
			b, err := os.ReadFile(filepath.Join("static", f.File))
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.SHA256 {
				t.Errorf("%s is not what it was", f.File)
			}
			named[f.File] = true
		}
		if !named[v.LicenceFile] {
			t.Errorf("%s has no licence beside it", v.Name)
		}
	}
	own := map[string]bool{"portal.css": true, "portal.js": true, "icon.svg": true}
	for name := range loadAssets() {
		if !own[name] && !named[name] {
			t.Errorf("%s is neither ours nor named in vendor.json", name)
		}
	}
}

// TestProblemOfEveryFault: every fault has a status that is one of HTTP's, and a
// fault of the paper is never a failure of the machine.
func TestProblemOfEveryFault(t *testing.T) {
	for _, info := range fault.All() {
		p := problemOf(info.Sample())
		machine := info.Code == fault.Internal || info.Code == fault.Unavailable || info.Code == fault.ApplyInterrupted
		if p.Title == "" || p.Status < 400 || (p.Status >= 500) != machine {
			t.Errorf("%s: %d %s", info.Code, p.Status, p.Title)
		}
	}
}
