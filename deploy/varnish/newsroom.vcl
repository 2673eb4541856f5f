# Varnish 7.1 in front of the site, with the vmod xkey of the package varnish-modules.
# To change: the name of the site (news.example), and the address of the site's own web server.
# docs/decisions/0022-nginx-and-varnish.md tells why it is as it is; docs/howto/scale.md how to set it up.

vcl 4.1;

import std;
import xkey;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 10s;
    .max_connections = 400;
    # Not /healthz: that fails while the database is down, and the site goes on answering with the pages it
    # has. This page needs the web server alone.
    .probe = {
        .request =
            "GET /robots.txt HTTP/1.1"
            "Host: news.example"
            "X-Forwarded-Proto: https"
            "Connection: close";
        .interval = 2s;
        .timeout = 2s;
        # Away after three that fail, and back at the first that does not: deploy/upgrade waits for that one.
        .window = 3;
        .threshold = 1;
        .initial = 1;
    }
}

# During an upgrade, the new version, while nobody listens there. The socket is not there at other times, of which varnishd warns.
backend newsroom_beside {
    .path = "/run/newsroom-beside/socket";
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 10s;
    .max_connections = 400;
}

# Who may purge: the site's own process (manage.py keep_pages). Add the addresses of other hosts here.
acl purgers {
    "127.0.0.1";
    "::1";
}

# Whose X-Forwarded-For and X-Forwarded-Proto are believed: the nginx that ends TLS.
acl proxies {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # Headers that this file sets for itself, which nobody else may.
    if (req.restarts == 0) {
        unset req.http.X-Newsroom-Encoding;
        unset req.http.X-Newsroom-Kept;
        unset req.http.X-Newsroom-Failed;
    }

    if (req.method == "PURGE") {
        # A second address in X-Forwarded-For: somebody asks through the proxy of this machine.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(403, "Forbidden"));
        }
        # Something newer exists: the page has ended, and is shown only if the site cannot make it anew.
        if (req.http.xkey-softpurge) {
            return (synth(200, "Purged softly " + xkey.softpurge(req.http.xkey-softpurge)));
        }
        if (!req.http.xkey-purge) {
            return (synth(400, "Name the tags in xkey-purge or xkey-softpurge"));
        }
        # A story that was withdrawn must not come back when the site fails a minute later.
        return (synth(200, "Purged " + xkey.purge(req.http.xkey-purge)));
    }
    if (req.method !~ "^(GET|HEAD|POST|OPTIONS)$") {
        return (synth(405, "Method Not Allowed"));
    }

    if (req.restarts == 0) {
        call believe_the_proxy;
    }

    set req.backend_hint = newsroom;
    # What has ended may be shown only if the site cannot make it anew: see vcl_synth.
    if (req.http.X-Newsroom-Failed || !std.healthy(req.backend_hint)) {
        set req.grace = 1d;
    } else {
        set req.grace = 0s;
    }

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/admin(/|\?|$)" || req.url ~ "^/healthz" || req.http.Authorization) {
        return (pass);
    }
    if (req.http.Cookie ~ "(^|;\s*)sessionid=") {
        return (pass);
    }
    unset req.http.Cookie;

    call shorten_the_query;

    # Varnish itself makes "identity" from "gzip", and knows nothing of br: that is kept beside it.
    if (req.http.Accept-Encoding ~ "(^|[\s,])br([\s,]|$|;\s*q=(1|0\.0*[1-9]))") {
        set req.http.X-Newsroom-Encoding = "br";
    }
    set req.http.X-Newsroom-Kept = "1";
    return (hash);
}

sub believe_the_proxy {
    # Varnish has added client.ip to the list already; the site believes the last one only.
    if (client.ip ~ proxies) {
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    } else {
        set req.http.X-Forwarded-For = client.ip;
        unset req.http.X-Forwarded-Proto;
    }
    unset req.http.X-Forwarded-Host;
}

# Campaigns and networks add these to links; no page depends on them. A test compares the names with the
# site's own list.
sub shorten_the_query {
    if (req.url ~ "\?") {
        set req.url = regsuball(req.url,
            "(?<=[?&])(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|igshid|yclid|mc_[ce]id|_ga|_gl|ref)(?:=[^&]*)?(?:&|$)", "");
        set req.url = regsub(req.url, "[?&]+$", "");
    }
}

sub vcl_hash {
    hash_data(req.url);
    hash_data(req.http.Host);
    hash_data(req.http.X-Newsroom-Encoding);
    return (lookup);
}

sub vcl_hit {
    return (deliver);
}

sub vcl_backend_fetch {
    if (bereq.http.X-Newsroom-Encoding) {
        set bereq.http.Accept-Encoding = bereq.http.X-Newsroom-Encoding;
    }
    # A whole answer each time: it says anew what it shows (Surrogate-Key) and how long it holds.
    if (!bereq.uncacheable) {
        unset bereq.http.If-None-Match;
        unset bereq.http.If-Modified-Since;
    }
    unset bereq.http.X-Newsroom-Encoding;
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        call give_up_once;
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    if (bereq.uncacheable) {
        return (deliver);
    }
    # What bears no tags could not be purged: the site was started without EDGES, or has tags for another cache.
    if (beresp.http.Surrogate-Control ~ "max-age=\d+" && beresp.http.Surrogate-Key && !beresp.http.Set-Cookie) {
        set beresp.ttl = std.duration(
            regsub(beresp.http.Surrogate-Control, "^.*max-age=(\d+).*$", "\1s"), 0s);
        set beresp.grace = 0s;
        if (beresp.http.Surrogate-Control ~ "stale-if-error=\d+") {
            set beresp.grace = std.duration(
                regsub(beresp.http.Surrogate-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
        }
        # A page that the site could not check, since its database is away: a purge may be missing.
        if (beresp.http.Cache-Status ~ "stale" && beresp.ttl > 1s) {
            set beresp.ttl = 1s;
        }
        # Places in lists are without number: kept for long, they could push out all pages. Where a parameter means
        # nothing, or leads elsewhere, the site lets nobody keep its answer.
        if (bereq.url ~ "\?") {
            if (beresp.ttl > 60s) {
                set beresp.ttl = 60s;
            }
            set beresp.grace = 0s;
        }
        # One that was overtaken by a change while somebody asked: not even for later.
        if (beresp.ttl <= 0s) {
            set beresp.ttl = 1s;
            set beresp.grace = 0s;
            set beresp.uncacheable = true;
        }
        set beresp.keep = 0s;
        set beresp.http.xkey = beresp.http.Surrogate-Key;
        return (deliver);
    }
    if (bereq.url ~ "^/static/" && beresp.status == 200 && beresp.http.Cache-Control ~ "immutable") {
        set beresp.ttl = 1d;
        set beresp.grace = 1d;
        return (deliver);
    }
    # Not to be kept. It is remembered for a while that readers of this address need not wait for each other.
    set beresp.ttl = 60s;
    set beresp.grace = 0s;
    set beresp.uncacheable = true;
    return (deliver);
}

sub vcl_backend_error {
    # What changes something is never sent twice: nginx does not send it through here.
    if (bereq.retries == 0 && bereq.method != "POST") {
        set bereq.backend = newsroom_beside;
        return (retry);
    }
    call give_up_once;
    set beresp.ttl = 0s;
    call say_unavailable;
    return (deliver);
}

# An answer that is delivered takes the place of the page that is kept here. So the first failure is not: it leads to
# vcl_synth, and the request starts again.
sub give_up_once {
    if (bereq.is_bgfetch || (bereq.http.X-Newsroom-Kept && !bereq.http.X-Newsroom-Failed)) {
        return (abandon);
    }
}

sub say_unavailable {
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    # The hash is that of the page's own style; a test compares them.
    set beresp.http.Content-Security-Policy = "default-src 'none'; style-src 'sha256-JTh7HD0FEX1QTktUi0rMdAHikia6/UhK+yOXb9aUCPw='; frame-ancestors 'none'";
    set beresp.http.X-Content-Type-Options = "nosniff";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "30";
    set beresp.body = std.fileread("/etc/varnish/newsroom-unavailable.html");
}

sub vcl_deliver {
    if (obj.hits > 0 && obj.ttl <= 0s) {
        set resp.http.X-Newsroom-Status = "varnish; hit; detail=stale";
    } elsif (obj.hits > 0) {
        set resp.http.X-Newsroom-Status = "varnish; hit";
    } elsif (req.http.X-Newsroom-Kept) {
        set resp.http.X-Newsroom-Status = "varnish; fwd=miss";
    } else {
        set resp.http.X-Newsroom-Status = "varnish; fwd=bypass";
    }
    # Each cache on the way adds itself at the end (RFC 9211).
    if (resp.http.Cache-Status) {
        set resp.http.Cache-Status = resp.http.Cache-Status + ", " + resp.http.X-Newsroom-Status;
    } else {
        set resp.http.Cache-Status = resp.http.X-Newsroom-Status;
    }
    unset resp.http.X-Newsroom-Status;
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    unset resp.http.Cache-Tag;
    unset resp.http.CDN-Cache-Control;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    return (deliver);
}

sub vcl_synth {
    # The site failed: look once more, now for what is kept here even if its time has passed. If there is nothing,
    # the site is asked again, and what it then says is delivered.
    if (resp.status == 503 && req.http.X-Newsroom-Kept && !req.http.X-Newsroom-Failed) {
        set req.http.X-Newsroom-Failed = "1";
        return (restart);
    }
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    set resp.body = resp.reason + {"
"};
    return (deliver);
}
