package portal

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// The languages of the pages, the first for whoever has not chosen.
var languages = []string{"vi", "en"}

// languageCookie remembers the language somebody has chosen.
const languageCookie = "tonghop_lang"

// pages are the templates, once for each language: the words stand in them side
// by side, so that none can be missing.
type pages struct {
	assets    map[string]asset
	templates map[string]*template.Template // by language
}

func newPages() *pages {
	p := &pages{assets: loadAssets(), templates: map[string]*template.Template{}}
	for _, lang := range languages {
		t := template.New("pages").Funcs(words{lang, p}.functions())
		p.templates[lang] = template.Must(t.ParseFS(templateFiles, "templates/*.html"))
	}
	return p
}

// frame is what stands around every page.
type frame struct {
	Title   string
	Errors  bool // the title says so
	Notices []fault.Fault
	Done    string // what was just done, in words
	Lang    string
	Other   string // address of this page in the other language
	Actor   report.Actor
	Session bool // signed in, so that one can sign out
	Version string
	Live    string // address of the events that change the page; "" for none
	Refresh int    // seconds after which a page without JavaScript loads itself again; 0: never
	Wide    bool
	Page    any
}

// FullTitle is the title of the window: errors are said first, where readers of
// the screen begin.
func (f *frame) FullTitle() string {
	title := f.Title + " – tonghop"
	if !f.Errors {
		return title
	}
	if f.Lang == "en" {
		return "Error: " + title
	}
	return "Lỗi: " + title
}

// pageHandler shows a page, or fails.
type pageHandler func(*call) error

func (s *site) servePages() {
	for pattern, h := range map[string]pageHandler{
		"GET /{$}":                                     (*call).homePage,
		"GET /nop/{request}/{agency}":                  (*call).clerkPage,
		"POST /nop/{request}/{agency}":                 (*call).clerkUpload,
		"POST /nop/{request}/{agency}/khong-phat-sinh": (*call).clerkNothing,
		"POST /nop/{request}/{agency}/thu-hoi":         (*call).clerkWithdraw,
		"GET /tep/{upload}":                            (*call).uploadPage,
		"POST /tep/{upload}/nop":                       (*call).uploadSubmit,
		"POST /tep/{upload}/tra-loi":                   (*call).uploadAnswer,
		"GET /yeu-cau/{request}":                       (*call).boardPage,
		"POST /yeu-cau/{request}/khoa":                 (*call).boardClose,
		"POST /yeu-cau/{request}/mo-lai":               (*call).boardReopen,
		"POST /yeu-cau/{request}/{agency}/duyet":       (*call).boardApprove,
		"POST /yeu-cau/{request}/{agency}/tra-lai":     (*call).boardReturn,
		"GET /yeu-cau/{request}/trung":                 (*call).jointPage,
		"GET /so-lieu/{request}":                       (*call).figuresPage,
		"GET /so-lieu/{request}/o":                     (*call).explainPage,
	} {
		s.mux.Handle(pattern, s.page(h))
	}
	s.mux.HandleFunc("GET /dang-nhap", s.loginPage)
	s.mux.HandleFunc("POST /dang-nhap", s.login)
	s.mux.HandleFunc("POST /dang-xuat", s.logout)
	s.mux.HandleFunc("GET /static/{file}", s.static)
}

// page serves a page to whoever may see it; who is not known is asked to sign
// in.
func (s *site) page(show pageHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{site: s, w: w, r: r}
		c.limitBody(s.bodyLimit() + envelope)
		err := c.enter()
		if isUnauthorised(err) && r.Method == http.MethodGet && r.Header.Get("Authorization") == "" {
			http.Redirect(w, r, "/dang-nhap?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		if err == nil {
			err = show(c)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// render writes a page.
func (c *call) render(status int, name string, f frame) {
	c.site.render(c.w, c.r, c.actor, status, name, f)
}

func (s *site) render(w http.ResponseWriter, r *http.Request, actor report.Actor, status int, name string, f frame) {
	f.Lang = chooseLanguage(w, r)
	f.Other = otherLanguage(r, f.Lang)
	f.Actor, f.Version = actor, s.Version
	_, err := r.Cookie(sessionCookie)
	f.Session = err == nil && actor.ID != ""
	f.Errors = f.Errors || len(f.Notices) > 0
	var b bytes.Buffer
	if err := s.pages.templates[f.Lang].ExecuteTemplate(&b, name, &f); err != nil {
		panic(err) // every page is executed by the tests, in every language
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", f.Lang)
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// chooseLanguage is the language somebody has just chosen, or chose before.
func chooseLanguage(w http.ResponseWriter, r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); lang == "vi" || lang == "en" {
		http.SetCookie(w, &http.Cookie{
			Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
		})
		return lang
	}
	if cookie, err := r.Cookie(languageCookie); err == nil && cookie.Value == "en" {
		return "en"
	}
	return languages[0]
}

// otherLanguage is the address of a page in the language it is not in. What is
// not there to be read again leads home.
func otherLanguage(r *http.Request, lang string) string {
	to := "en"
	if lang == "en" {
		to = "vi"
	}
	path, query := r.URL.Path, r.URL.Query()
	if r.Method != http.MethodGet {
		path, query = "/", url.Values{}
	}
	query.Set("lang", to)
	return path + "?" + query.Encode()
}

// language is that of the page being answered, for words made in Go.
func (c *call) language() string { return chooseLanguage(discarded{}, c.r) }

// say gives words in the language of the page.
func (c *call) say(vi, en string) string { return report.Text{VI: vi, EN: en}.In(c.language()) }

// discarded is a writer of headers that nobody sends.
type discarded struct{}

func (discarded) Header() http.Header         { return http.Header{} }
func (discarded) Write(b []byte) (int, error) { return len(b), nil }
func (discarded) WriteHeader(int)             {}

// failPage shows a problem as a page.
func (s *site) failPage(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	s.render(w, r, report.Actor{}, p.Status, "problem.html", frame{Title: p.Title, Errors: true, Page: p})
}

// see sends the browser on after something was done, so that loading the page
// again does not do it again. What was done is said on the next page.
func (c *call) see(address, done string) error {
	if done != "" {
		address += "?xong=" + done
	}
	http.Redirect(c.w, c.r, address, http.StatusSeeOther)
	return nil
}

// done says what was done before the page came.
func (c *call) done() string {
	switch c.query("xong") {
	case "nop":
		return c.say("Đã nộp báo cáo.", "The report has been submitted.")
	case "tra-loi":
		return c.say("Đã ghi câu trả lời.", "The answers have been recorded.")
	case "thu-hoi":
		return c.say("Đã thu hồi bản báo cáo.", "The report has been withdrawn.")
	case "duyet":
		return c.say("Đã duyệt.", "Approved.")
	case "tra-lai":
		return c.say("Đã trả lại.", "Sent back.")
	case "khoa":
		return c.say("Đã khoá kỳ báo cáo.", "The request has been closed.")
	case "mo-lai":
		return c.say("Đã mở lại kỳ báo cáo.", "The request is open again.")
	}
	return ""
}

// faultsIn gives the faults of an error that a person can do something about on
// the page they are on; nil for any other error.
func (c *call) faultsIn(err error) []fault.Fault {
	p := c.problem(c.r, err)
	switch p.Status {
	case http.StatusNotFound, http.StatusForbidden, http.StatusUnauthorized:
		return nil
	}
	if p.Status >= http.StatusInternalServerError {
		return nil
	}
	return p.Findings
}

// now is the moment of a page, for what depends on the day: how long there is
// left.
func (c *call) now() time.Time { return c.Desk.Now() }

// isBelow keeps a redirect on this server.
func isBelow(address string) bool {
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.ContainsAny(address, "\\\r\n")
}
