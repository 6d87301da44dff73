package portal

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// local is the person at the machine itself.
var local = report.Actor{Role: report.RoleAdmin, ID: "local"}

// sessionCookie names the cookie of a session.
const sessionCookie = "tonghop_session"

// identify finds who makes a request; [fault.Unauthorised] when that is nobody.
//
// What a browser sends by itself (a cookie, or the fact of being on this
// machine) proves nothing about the page that made it send, so such requests
// must not come from another origin.
func (s *site) identify(r *http.Request) (report.Actor, error) {
	if s.Trusted {
		return local, nil
	}
	if secret, given := secretOf(r); given {
		return s.authenticate(r, secret)
	}
	if err := s.guard.Check(r); err != nil {
		return report.Actor{}, fault.New(fault.Forbidden, fault.Both("action", "gửi từ trang khác", "sent from another site"))
	}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		if actor, ok := s.resume(cookie.Value); ok {
			return actor, nil
		}
	}
	if !s.Desk.HasTokens() && isLocal(r) {
		return local, nil
	}
	return report.Actor{}, fault.New(fault.Unauthorised)
}

// secretOf gives the secret a request carries: as Bearer, or as the password of
// Basic with the token's id, or anything, as user.
func secretOf(r *http.Request) (string, bool) {
	if _, password, ok := r.BasicAuth(); ok {
		return password, true
	}
	scheme, secret, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if found && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(secret), true
	}
	return "", r.Header.Get("Authorization") != ""
}

// authenticate finds the holder of a secret. A right one is always let in: a
// whole office may stand behind one address, and one of them who mistypes must
// not lock the others out. Wrong ones are counted by peer, and past a number are
// told to wait.
func (s *site) authenticate(r *http.Request, secret string) (report.Actor, error) {
	actor, err := s.Desk.Authenticate(secret)
	if user, _, ok := r.BasicAuth(); ok && err == nil && user != "" && user != actor.ID {
		err = fault.New(fault.Unauthorised)
	}
	if err == nil {
		return actor, nil
	}
	if peer := peerOf(r); !s.guesses.wrong(peer) {
		return report.Actor{}, errTooMany
	}
	return report.Actor{}, err
}

// resume finds the holder of a session. The token it was opened with must still
// be good: revoking a token ends its sessions.
func (s *site) resume(id string) (report.Actor, bool) {
	actor, ok := s.sessions.find(id)
	if !ok {
		return report.Actor{}, false
	}
	now, good := s.Desk.Now(), false
	s.Books.Read(func(l *report.Ledger) {
		t := l.Tokens[actor.ID]
		good = t != nil && t.RevokedAt.IsZero() && (t.Expires.IsZero() || now.Before(t.Expires))
	})
	if !good {
		s.sessions.end(id)
	}
	return actor, good
}

func peerOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// isLocal reports whether a request was made on this machine, for this machine:
// the peer is loopback, no proxy passed it on, and it was addressed by a
// loopback name. The last keeps out pages of other sites whose name was made to
// resolve to this machine.
func isLocal(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	return isLoopback(peerOf(r)) && isLoopback(hostOf(r.Host))
}

func hostOf(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return strings.Trim(hostport, "[]")
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// isUnauthorised reports whether an error says that nobody is known to ask.
func isUnauthorised(err error) bool { return errors.Is(err, fault.Unauthorised) }

// sessionSpan is how long a session lasts, whatever happens in it.
const sessionSpan = 12 * time.Hour
