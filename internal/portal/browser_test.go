package portal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// chromium finds a browser. Where tests must be complete its absence fails them.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("the browser tests need chromium")
	}
	t.Skip("no chromium on this machine: the pages are not looked at in a browser")
	return ""
}

// browser is a browser that remembers what its console and its policies
// complained of.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path := chromium(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(cdplog.Enable(), runtime.Enable(), audits.Enable())
	return b
}

func (b *browser) listen(event any) {
	complain := func(format string, args ...any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, fmt.Sprintf(format, args...))
	}
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			complain("console: %v", e.Args)
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.LevelError && !strings.Contains(e.Entry.Text, "status of 4") {
			complain("log: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *audits.EventIssueAdded:
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			complain("policy: %s %s", d.ViolatedDirective, d.BlockedURL)
		}
	}
}

func (b *browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// quiet fails when anything was complained of.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Error(c)
	}
}

// shoot opens a page at a width, and where PORTAL_SHOTS names a folder keeps its
// picture there, for people to look at.
func (b *browser) shoot(name, address string, width int64) {
	b.t.Helper()
	var overflow bool
	b.run(
		emulation.SetDeviceMetricsOverride(width, 900, 1, width < 600),
		chromedp.Navigate(address), chromedp.WaitReady("main"),
		chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &overflow),
	)
	if overflow {
		b.t.Errorf("%s at %d px is wider than the window", name, width)
	}
	dir := os.Getenv("PORTAL_SHOTS")
	if dir == "" {
		return
	}
	var shot []byte
	b.run(
		chromedp.Evaluate(`document.fonts.ready.then(() => true)`, nil, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
		chromedp.FullScreenshot(&shot, 100),
	)
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)), shot, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// story fills a world with what a reporting round looks like on its third week.
func (w *world) story() *world {
	w.t.Helper()
	w.withExample()
	for _, s := range []struct {
		at           string
		agency, file string
	}{
		{"2021-03-19T10:20:00", "bhd", "bhd-2021-03-19.xlsx"},
		{"2021-03-24T15:42:00", "sgddt", "sgddt-2021-03-24.xlsx"},
		{"2021-03-26T09:15:00", "syt", "syt-2021-03-26.xlsx"},
	} {
		at, err := time.ParseInLocation("2006-01-02T15:04:05", s.at, vietnam)
		if err != nil {
			w.t.Fatal(err)
		}
		w.clock.Set(at)
		if u := w.handFile(s.agency, s.file); u.State != report.StateSubmitted {
			w.t.Fatalf("%s is %s: %v", s.file, u.State, u.Findings)
		}
	}
	return w
}

// handFile hands in a workbook of the example, to be submitted when clean.
func (w *world) handFile(agency, name string) *api.Upload {
	w.t.Helper()
	b, err := os.ReadFile(filepath.Join("../../examples/ngay-ctxh-2021/nop", agency, name))
	if err != nil {
		w.t.Fatal(err)
	}
	c := w.client("")
	r, err := c.Upload(w.t.Context(), theRequest, agency, client.File{Name: name, Body: b}, true, "")
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := c.Settled(w.t.Context(), r.Upload)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// TestPagesInBrowser looks at every page, wide and narrow.
func TestPagesInBrowser(t *testing.T) {
	b := newBrowser(t)
	w := newWorld(t).story()
	refused := w.handFile("hctd", "hctd-2021-03-26.xlsx")
	toExplain := w.handFile("mttq", "mttq-2021-03-29.xlsx")
	good := w.hand("", "dptth", formOf("4"), true)
	asking := w.withHelp().sendOwn("", "quy-1", "syt", "12")
	root, base := "/"+theRequest, w.server.URL
	for _, p := range [][2]string{
		{"home", "/"}, {"login", "/dang-nhap"}, {"clerk", "/nop" + root + "/hctd"}, {"clerk-done", "/nop" + root + "/syt"},
		{"refused", "/tep/" + refused.Upload}, {"explaining", "/tep/" + toExplain.Upload}, {"submitted", "/tep/" + good.Upload},
		{"asking", "/tep/" + asking.Upload}, {"asking-en", "/tep/" + asking.Upload + "?lang=en"}, {"vi-again", "/?lang=vi"},
		{"board", "/yeu-cau" + root}, {"figures", "/so-lieu" + root}, {"places", "/so-lieu" + root + "?by=place"},
		{"ranked", "/so-lieu" + root + "?by=place&indicator=1.02&top=3"}, {"found", "/so-lieu" + root + "?search=doan&bounds=true"},
		{"explain", "/so-lieu" + root + "/o?indicator=1.03"}, {"problem", "/so-lieu" + root + "/o?indicator=khong-co"},
		{"both-en", "/so-lieu" + root + "?by=both&lang=en"}, {"board-en", "/yeu-cau" + root},
	} {
		name, path := p[0], p[1]
		for _, width := range []int64{1280, 390} {
			b.shoot(name, base+path, width)
		}
	}
	b.quiet()
}

// TestBoardIsLive: what happens is on the open board within a moment, without
// loading the page again.
func TestBoardIsLive(t *testing.T) {
	b := newBrowser(t)
	w := newWorld(t).withExample()
	var cell string
	b.run(
		chromedp.Navigate(w.server.URL+"/yeu-cau/"+theRequest), chromedp.WaitReady("#dv-syt"),
		chromedp.Evaluate(`window.stillHere = true`, nil),
		chromedp.Text("#dv-syt td", &cell),
	)
	mustContain(t, cell, "Chưa nộp")
	w.hand("", "syt", formOf("12"), true)
	var here bool
	b.run(
		chromedp.WaitVisible("#dv-syt .tag.submitted"),
		chromedp.Evaluate(`window.stillHere === true`, &here),
	)
	if !here {
		t.Error("the page was loaded again")
	}
	b.quiet()
}

// TestUploadInBrowser: with the script, a file goes up with a bar, the page of
// its findings comes by itself, and keeps itself up to date until it is checked.
func TestUploadInBrowser(t *testing.T) {
	b := newBrowser(t)
	w := newWorld(t).withExample()
	file, err := filepath.Abs("../../examples/ngay-ctxh-2021/nop/hctd/hctd-2021-03-26.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var title, focused string
	b.run(
		chromedp.Navigate(w.server.URL+"/nop/"+theRequest+"/hctd"), chromedp.WaitReady("#file"),
		chromedp.SetUploadFiles("#file", []string{file}),
		chromedp.Click("form[data-upload] button.primary"),
		chromedp.WaitVisible(".problem.summary"),
		chromedp.Title(&title),
		chromedp.Evaluate(`document.activeElement.className`, &focused),
	)
	mustContain(t, title, "Lỗi: Còn ")
	mustContain(t, focused, "problem")
	b.quiet()
}

// TestAnswerInBrowser: a clerk chooses what is meant, and the page goes on to say
// that the report is in, without another upload.
func TestAnswerInBrowser(t *testing.T) {
	b := newBrowser(t)
	w := newWorld(t).withExample().withHelp()
	u := w.sendOwn("", "quy-1", "syt", "12")
	asked := openOf(u)
	choose := func(q api.Question, choice string) chromedp.Action {
		return chromedp.Click(fmt.Sprintf(`input[name="cau-%s"][value="%s"]`, q.Key, choice))
	}
	var answered string
	b.run(
		chromedp.Navigate(w.server.URL+"/tep/"+u.Upload), chromedp.WaitVisible(".questions"),
		choose(asked[report.AskColumn], "1"), choose(asked[report.AskRow], "291"),
		chromedp.Click(".questions button.primary"),
		chromedp.WaitVisible(".verdict.submitted"),
		chromedp.Text(".questions.answered", &answered),
	)
	mustContain(t, answered, "Đã trả lời")
	b.quiet()
	if u, err := w.client("").State(t.Context(), u.Upload); err != nil || u.State != report.StateSubmitted || u.Facts != 4 {
		t.Errorf("%+v %v", u, err)
	}
}
