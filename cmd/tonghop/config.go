package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tonghop/ingest/match"
)

// config is what the program can be told. Each name can be a flag (--data), an
// environment variable (TONGHOP_DATA) or a line of the configuration file
// (data: …); a flag beats the environment, and that the file. Without any of
// them the program runs.
type config struct {
	Data      string   `koanf:"data"`       // folder of the embedded journal
	Server    string   `koanf:"server"`     // address of a running server; empty: work on Data
	Token     string   `koanf:"token"`      // secret for the server
	NATS      []string `koanf:"nats"`       // addresses of a cluster instead of Data
	NATSCreds string   `koanf:"nats-creds"` // credentials file
	NATSNKey  string   `koanf:"nats-nkey"`  // seed file
	NATSCA    string   `koanf:"nats-ca"`    // certificate of the authority
	Replicas  int      `koanf:"replicas"`   // servers that keep each stream
	MaxStore  int64    `koanf:"max-store"`  // MB the embedded journal may fill; 0: three quarters of what is free
	MaxUpload int64    `koanf:"max-upload"` // MB of one upload
	LogLevel  string   `koanf:"log-level"`
	LogFormat string   `koanf:"log-format"`
	File      string   `koanf:"config"`
}

// defaultFile is read when it is there and no other is named.
const defaultFile = "tonghop.yaml"

// serveOnly are names of the serve command alone; file and environment may hold
// them whatever the command, and others do not heed them.
var serveOnly = []string{"listen", "role", "tls-cert", "tls-key", "parallel", "snapshot-interval"}

func (c *config) flags(f *pflag.FlagSet) {
	f.String("data", "tonghop-data", "folder of the embedded journal")
	f.String("server", "", "address of a running server; without it commands work on --data")
	f.String("token", "", "secret for the server (better: TONGHOP_TOKEN)")
	f.StringSlice("nats", nil, "addresses of a NATS cluster instead of --data")
	f.String("nats-creds", "", "credentials file for the cluster")
	f.String("nats-nkey", "", "NKey seed file for the cluster")
	f.String("nats-ca", "", "certificate file of the cluster's authority")
	f.Int("replicas", 0, "servers of the cluster that keep each stream: 1, 3 or 5")
	f.Int64("max-store", 0, "MB the embedded journal may fill (0: three quarters of what is free)")
	f.Int64("max-upload", 20, "MB of one upload at most")
	f.String("log-level", "", "trace, debug, info, warn, error (default: info for serve, warn otherwise)")
	f.String("log-format", "console", "console for people, json for machines")
	f.String("config", "", "configuration file (default: "+defaultFile+" where there is one)")
}

// load reads the file, the environment and the flags. An unknown name is an
// error: a misspelt setting must not be silently left out. The environment is
// shared with others, so there a name that is like none of ours is only told of.
func (c *config) load(command *cobra.Command) error {
	flags := command.Flags()
	k := koanf.New("/") // no name holds a slash: names are flat
	if err := c.loadFile(k, flags); err != nil {
		return inputError{err}
	}
	if err := c.loadEnv(k, command.ErrOrStderr()); err != nil {
		return inputError{err}
	}
	if command.Name() == "serve" {
		if err := setServe(flags, k); err != nil {
			return inputError{err}
		}
	}
	if err := k.Load(posflag.Provider(flags, "/", k), nil); err != nil {
		return inputError{fmt.Errorf("flags: %w", err)}
	}
	if err := k.Unmarshal("", c); err != nil {
		return inputError{fmt.Errorf("configuration: %w", err)}
	}
	if command.Name() == "serve" && !flags.Changed("server") {
		c.Server = "" // is for those who ask one
	}
	return c.validate()
}

// setServe gives what file and environment say of serving to the flags of the
// command, so that it reads its settings in one way.
func setServe(flags *pflag.FlagSet, k *koanf.Koanf) error {
	for _, name := range serveOnly {
		if f := flags.Lookup(name); !f.Changed && k.Exists(name) {
			if err := f.Value.Set(joined(k, name)); err != nil {
				return fmt.Errorf("setting %s: %w", name, err)
			}
		}
	}
	return nil
}

func joined(k *koanf.Koanf, name string) string {
	if list := k.Strings(name); len(list) > 0 {
		return strings.Join(list, ",")
	}
	return fmt.Sprint(k.Get(name))
}

func (c *config) loadFile(k *koanf.Koanf, flags *pflag.FlagSet) error {
	name, _ := flags.GetString("config")
	named := name != ""
	if !named {
		name = os.Getenv("TONGHOP_CONFIG")
		named = name != ""
	}
	if !named {
		name = defaultFile
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	own := koanf.New("/")
	if err := own.Load(file.Provider(name), yaml.Parser()); err != nil {
		return fmt.Errorf("configuration file %s: %w", name, err)
	}
	known := settings()
	for _, key := range own.Keys() {
		if !slices.Contains(known, key) {
			return fmt.Errorf("configuration file %s: unknown setting %q; known are %s", name, key, strings.Join(known, ", "))
		}
	}
	return k.Merge(own)
}

// envPrefix begins the environment variables that are ours.
const envPrefix = "TONGHOP_"

func (c *config) loadEnv(k *koanf.Koanf, warn io.Writer) error {
	known := append(settings(), "config")
	for _, pair := range os.Environ() {
		variable, value, _ := strings.Cut(pair, "=")
		name := settingOf(variable)
		if value == "" || !strings.HasPrefix(variable, envPrefix) || slices.Contains(known, name) || orchestrated(variable) {
			continue
		}
		if near := match.Nearest(name, known); near != "" {
			return fmt.Errorf("environment variable %s: unknown setting %q (%s?); known are %s", variable, name, near, strings.Join(known, ", "))
		}
		fmt.Fprintf(warn, "tonghop: bỏ qua biến môi trường %s, không phải thiết lập nào (no setting, passed over)\n", variable)
	}
	return k.Load(env.Provider("/", env.Opt{
		Prefix: envPrefix,
		TransformFunc: func(variable, value string) (string, any) {
			name := settingOf(variable)
			switch {
			case value == "":
				return "", nil // as if it were not there
			case name == "nats" || name == "role":
				return name, strings.Split(value, ",")
			}
			return name, value
		},
	}), nil)
}

// settingOf is the name of the setting that a variable holds: log-level for
// TONGHOP_LOG_LEVEL.
func settingOf(variable string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(variable, envPrefix)), "_", "-")
}

// orchestrated reports whether a variable is one that container platforms set
// for a service called tonghop; those are no settings of ours.
func orchestrated(variable string) bool {
	return strings.HasPrefix(variable, envPrefix+"SERVICE_") || variable == envPrefix+"PORT" || strings.HasPrefix(variable, envPrefix+"PORT_")
}

// settings are the names that file and environment may hold.
func settings() []string {
	known := slices.Clone(serveOnly)
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	new(config).flags(own)
	own.VisitAll(func(f *pflag.Flag) {
		if f.Name != "config" { // where the file is, is not in the file
			known = append(known, f.Name)
		}
	})
	slices.Sort(known)
	return known
}

func (c *config) validate() error {
	if _, err := zerolog.ParseLevel(c.LogLevel); err != nil {
		return inputError{fmt.Errorf("log-level %q: trace, debug, info, warn or error", c.LogLevel)}
	}
	if c.LogFormat != "console" && c.LogFormat != "json" {
		return inputError{fmt.Errorf("log-format %q: console or json", c.LogFormat)}
	}
	if c.MaxUpload <= 0 || c.MaxUpload > 64 {
		return inputError{fmt.Errorf("max-upload %d: from 1 to 64 MB", c.MaxUpload)}
	}
	if c.Server != "" && len(c.NATS) > 0 {
		return inputError{errors.New("either --server or --nats, not both")}
	}
	return c.validateServer()
}

// validateServer takes "host:port" for "http://host:port".
func (c *config) validateServer() error {
	if c.Server == "" {
		return nil
	}
	if !strings.Contains(c.Server, "://") {
		c.Server = "http://" + c.Server
	}
	u, err := url.Parse(c.Server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return inputError{fmt.Errorf("server %q: an address such as http://127.0.0.1:8080", c.Server)}
	}
	return nil
}

// log is the program's log: what an operator ought to know, on standard error,
// from a level on unless the configuration names another.
func (c *config) log(w io.Writer, level zerolog.Level) zerolog.Logger {
	if c.LogLevel != "" {
		level, _ = zerolog.ParseLevel(c.LogLevel) // validated
	}
	if c.LogFormat == "console" {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.TimeOnly, NoColor: true}
	}
	return zerolog.New(w).Level(level).With().Timestamp().Logger()
}
