package main

import "testing"

func TestWhereOpenedIsKept(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"KSIM_HOME": "/usb/ksim", "XDG_STATE_HOME": "/s", "HOME": "/h"}, "/usb/ksim/opened"},
		{map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/ksim/opened"},
		{map[string]string{"HOME": "/h"}, "/h/.local/state/ksim/opened"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/h"}, ""},
		{map[string]string{}, ""},
	} {
		if got := openedFile(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}
