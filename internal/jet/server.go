package jet

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// startServer runs a server in this process on a folder that is locked already.
// Nobody outside the process can reach it.
func startServer(cfg Config) (*server.Server, error) {
	s, err := server.NewServer(&server.Options{
		ServerName: "tonghop",
		DontListen: true, // no port
		NoSigs:     true, // else SIGTERM would end the process here
		NoLog:      true,
		JetStream:  true,
		StoreDir:   cfg.Dir,
		SyncAlways: true, // law 1: on the disk before the answer
		// JetStreamMaxStore 0 lets the server take three quarters of what is free.
		JetStreamMaxStore:      cfg.MaxStore,
		JetStreamMaxMemory:     256 << 20,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return nil, fmt.Errorf("embedded server: %w", err)
	}
	s.SetLoggerV2(serverLog(cfg.Log), false, false, false)
	s.Start()
	// Recovery after a hard stop reads the whole store: seconds for gigabytes.
	if !s.ReadyForConnections(5 * time.Minute) {
		s.Shutdown()
		s.WaitForShutdown()
		return nil, errors.New("embedded server: not ready within five minutes")
	}
	if !s.JetStreamEnabled() {
		s.Shutdown()
		s.WaitForShutdown()
		return nil, fmt.Errorf("embedded server: no storage in %s", cfg.Dir)
	}
	return s, nil
}

// serverLog hands on what a server says when something is wrong with it.
type serverLog func(format string, args ...any)

func (l serverLog) Noticef(string, ...any)         {}
func (l serverLog) Debugf(string, ...any)          {}
func (l serverLog) Tracef(string, ...any)          {}
func (l serverLog) Warnf(format string, v ...any)  { l("nats: "+format, v...) }
func (l serverLog) Errorf(format string, v ...any) { l("nats: error: "+format, v...) }
func (l serverLog) Fatalf(format string, v ...any) { l("nats: fatal: "+format, v...) }

// connect gives a connection to the embedded server, or to the cluster when srv
// is nil.
func connect(cfg Config, srv *server.Server, closed chan<- struct{}) (*nats.Conn, error) {
	opts := []nats.Option{
		nats.Name("tonghop"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(200 * time.Millisecond),
		nats.DrainTimeout(5 * time.Second),
		// Every answer that is waited for has a queue of its own, allocated whole;
		// the client's default holds 65,536 messages, ours are one or a few.
		nats.SyncQueueLen(syncQueue),
		nats.ClosedHandler(func(*nats.Conn) { close(closed) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { cfg.Log("connection: %v", err) }),
	}
	if srv != nil {
		nc, err := nats.Connect("", append(opts, nats.InProcessServer(srv))...)
		if err != nil {
			return nil, fmt.Errorf("connect to the embedded server: %w", err)
		}
		return nc, nil
	}
	// Roles and servers may be started in any order: what follows waits.
	opts = append(opts, nats.RetryOnFailedConnect(true))
	if cfg.Creds != "" {
		opts = append(opts, nats.UserCredentials(cfg.Creds))
	}
	if cfg.NKey != "" {
		opt, err := nats.NkeyOptionFromSeed(cfg.NKey)
		if err != nil {
			return nil, fmt.Errorf("read the seed in %s: %w", cfg.NKey, err)
		}
		opts = append(opts, opt)
	}
	if cfg.CA != "" {
		opts = append(opts, nats.RootCAs(cfg.CA))
	}
	nc, err := nats.Connect(strings.Join(cfg.URLs, ","), opts...)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", Addresses(cfg.URLs), err)
	}
	return nc, nil
}

// Addresses names the servers of a cluster for people and logs. User and
// password, which an address may carry, are left out.
func Addresses(urls []string) string {
	shown := make([]string, len(urls))
	for i, u := range urls {
		scheme, rest, found := strings.Cut(u, "://")
		if !found {
			scheme, rest = "nats", u
		}
		shown[i] = scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
	}
	return strings.Join(shown, ", ")
}

// syncQueue is how many messages wait for a reader that asks one by one.
const syncQueue = 64
