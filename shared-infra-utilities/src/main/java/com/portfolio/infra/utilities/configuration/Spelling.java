package com.portfolio.infra.utilities.configuration;

import java.util.Locale;

/** How far two names are apart. */
final class Spelling {

    private static final int SHORT_WORD = 3;
    private static final int FARTHEST = 2;

    private Spelling() {}

    /** The least number of letters to add, drop, change or swap with their neighbour to make one the other. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }

    /** Whether one was probably meant to be the other: word by word, no more than two letters apart. */
    static boolean isNear(String one, String other) {
        String[] words = one.split("_", -1);
        String[] others = other.split("_", -1);
        if (words.length != others.length) {
            return distance(one, other) <= 1;
        }
        int sum = 0;
        for (int i = 0; i < words.length; i++) {
            int apart = distance(words[i], others[i]);
            // Two letters of three are another word: SSL is not a misspelt URL.
            if (apart > (others[i].length() <= SHORT_WORD ? 1 : FARTHEST)) {
                return false;
            }
            sum += apart;
        }
        return sum <= FARTHEST;
    }

    /** The letters and digits of a name, in capitals. */
    static String letters(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }
}
