package com.portfolio.infra.examples.accounts;

/**
 * A line of the input.
 *
 * @param number counted from 1
 * @param text   without its line ending
 */
record InputLine(long number, String text) {}
