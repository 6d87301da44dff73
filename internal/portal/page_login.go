package portal

import (
	"net/http"

	"tonghop/report"
	"tonghop/report/fault"
)

// loginView is the page on which a token is given.
type loginView struct {
	Next  string
	Empty bool // no token was ever issued: there is nothing to sign in with
}

func (s *site) loginPage(w http.ResponseWriter, r *http.Request) {
	s.showLogin(w, r, http.StatusOK, nil)
}

func (s *site) showLogin(w http.ResponseWriter, r *http.Request, status int, notices []fault.Fault) {
	next := r.FormValue("next")
	if !isBelow(next) {
		next = "/"
	}
	s.render(w, r, report.Actor{}, status, "login.html", frame{
		Title: "Đăng nhập", Notices: notices, Page: loginView{Next: next, Empty: !s.Desk.HasTokens()},
	})
}

// login opens a session for the holder of a token.
func (s *site) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, envelope)
	if err := s.guard.Check(r); err != nil {
		s.fail(w, r, fault.New(fault.Forbidden, fault.Both("action", "gửi từ trang khác", "sent from another site")))
		return
	}
	actor, err := s.authenticate(r, r.PostFormValue("token"))
	if err != nil {
		p := s.problem(r, err)
		s.showLogin(w, r, p.Status, p.Findings)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Value: s.sessions.open(actor), Path: "/", MaxAge: int(sessionSpan.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
	})
	next := r.PostFormValue("next")
	if !isBelow(next) {
		next = "/"
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// logout ends a session.
func (s *site) logout(w http.ResponseWriter, r *http.Request) {
	if err := s.guard.Check(r); err != nil {
		s.fail(w, r, fault.New(fault.Forbidden, fault.Both("action", "gửi từ trang khác", "sent from another site")))
		return
	}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		s.sessions.end(cookie.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
	http.Redirect(w, r, "/dang-nhap", http.StatusSeeOther)
}
