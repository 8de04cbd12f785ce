package com.portfolio.infra.utilities.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/HTML ; charset=utf-8",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "application/json;q=0.5, text/html;q=0.9",
                "text/html;q=0.1"
            })
    void whoAsksForHtmlGetsIt(String header) {
        assertThat(Accept.prefersHtml(List.of(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "application/json",
                "application/health+json, text/html",
                "application/json, text/html;q=0.9",
                "text/html;q=0",
                "text/html;q=x",
                ";;,,;q=",
                "text/htmlx"
            })
    void everybodyElseGetsJson(String header) {
        assertThat(Accept.prefersHtml(List.of(header))).isFalse();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.prefersHtml(List.of("image/png", "text/html"))).isTrue();
        assertThat(Accept.prefersHtml(List.of())).isFalse();
    }
}
