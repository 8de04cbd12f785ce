package com.portfolio.infra.utilities.health;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How the page of health looks, and the hash by which its content security policy lets it pass. */
final class PageStyle {

    static final String CSS = """
            :root {
              color-scheme: light dark;
              --page: #f6f7f9; --card: #fff; --text: #1b1f24; --faint: #57606a; --line: #d8dee4;
              --up: #1a7f37; --degraded: #8a5a00; --unknown: #57606a; --down: #c4242f; --on: #fff;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --page: #0d1117; --card: #161b22; --text: #e6edf3; --faint: #9aa4af; --line: #30363d;
                --up: #4ac26b; --degraded: #e0a83a; --unknown: #9aa4af; --down: #ff7b72; --on: #0d1117;
              }
            }
            * { box-sizing: border-box; }
            body {
              margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem;
              background: var(--page); color: var(--text);
              font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
              overflow-wrap: anywhere;
            }
            h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
            h2 { margin: 0; font-size: 1rem; }
            p { margin: .5rem 0 0; }
            h1, h2, .reason, td, th { unicode-bidi: isolate; }
            .faint { color: var(--faint); font-size: .875rem; }
            .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; }
            .up { --is: var(--up); }
            .degraded { --is: var(--degraded); }
            .unknown { --is: var(--unknown); }
            .down { --is: var(--down); }
            .word {
              padding: .125rem .5rem; border-radius: .25rem; background: var(--is); color: var(--on);
              font-size: .8125rem; font-weight: 700; letter-spacing: .03em; white-space: nowrap;
            }
            header .word { font-size: 1.125rem; }
            nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0; padding: 0; }
            a { color: inherit; }
            a[aria-current] { font-weight: 700; text-decoration: none; }
            article {
              margin-top: .75rem; padding: .75rem 1rem; background: var(--card);
              border: 1px solid var(--line); border-left: .375rem solid var(--is); border-radius: .375rem;
            }
            .reason { white-space: pre-wrap; }
            .empty { padding: 2rem 1rem; text-align: center; border: 1px dashed var(--line); border-radius: .375rem; }
            table { width: 100%; margin-top: .75rem; border-collapse: collapse; font-size: .875rem; }
            th, td { padding: .25rem .75rem .25rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
            th { width: 35%; color: var(--faint); font-weight: 400; }
            td { white-space: pre-wrap; font-variant-numeric: tabular-nums; }
            @media (max-width: 30rem) {
              th, td { display: block; width: auto; padding-right: 0; }
              td { padding-top: 0; border-top: 0; }
            }
            """;

    private PageStyle() {}

    /** As a content security policy names it (CSP Level 3, section 2.3.1). */
    static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
