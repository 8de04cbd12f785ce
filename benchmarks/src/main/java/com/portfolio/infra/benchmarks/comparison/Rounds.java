package com.portfolio.infra.benchmarks.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets contenders take turns: A B C, then B A C, then C A B, and so on, each time from another one on and in the other
 * direction, so that whatever else happens on the machine happens to everybody. A round in which two did not do the
 * same number of events is an error.
 */
final class Rounds {

    /** A share that can't be made small takes so many times as long as a slice: fewer rounds then. */
    private static final int WHOLE_SHARE = 5;

    private static final int FEWEST = 3;

    private final int rounds;
    private final int warmUps;
    private final Duration slice;

    /**
     * @param rounds  that are measured; a fifth of them where a share is fixed
     * @param warmUps that are not
     * @param slice   how long a contender's share of a round takes, about
     */
    Rounds(int rounds, int warmUps, Duration slice) {
        this.rounds = rounds;
        this.warmUps = warmUps;
        this.slice = slice;
    }

    Result run(Lineup lineup) throws Exception {
        List<Contender> contenders = lineup.contenders();
        for (Contender contender : contenders) {
            contender.prepare();
        }
        int count = lineup.share().least();
        for (int round = 0; round < warmUps; round++) {
            List<Slice> slices = round(contenders, round, count);
            long took = slices.stream().mapToLong(Slice::nanos).sum() / slices.size();
            count = lineup.share().count(count, took, slice.toNanos());
        }
        List<List<Slice>> measured = new ArrayList<>();
        for (int round = 0; round < roundsOf(lineup.share()); round++) {
            measured.add(round(contenders, round, count));
        }
        for (Contender contender : contenders) {
            contender.verify();
        }
        return new Result(
                lineup.title(),
                lineup.conditions(),
                lineup.metric(),
                count,
                entries(contenders, measured),
                lineup.absent(),
                lineup.comparisons());
    }

    private int roundsOf(Lineup.Share share) {
        return share.isFixed() ? Math.min(rounds, Math.max(FEWEST, rounds / WHOLE_SHARE)) : rounds;
    }

    /** The slices in the order of the contenders, whoever began. */
    private static List<Slice> round(List<Contender> contenders, int number, int count) throws Exception {
        Slice[] slices = new Slice[contenders.size()];
        for (int turn = 0; turn < slices.length; turn++) {
            int next = Math.floorMod(number + (number % 2 == 0 ? turn : -turn), slices.length);
            slices[next] = contenders.get(next).run(count);
        }
        for (int i = 1; i < slices.length; i++) {
            if (slices[i].events() != slices[0].events()) {
                throw new IllegalStateException("The contenders did not do the same work: '"
                        + contenders.get(0).name() + "' " + slices[0].events() + " events, '"
                        + contenders.get(i).name() + "' " + slices[i].events() + ".");
            }
        }
        return List.of(slices);
    }

    private static List<Result.Entry> entries(List<Contender> contenders, List<List<Slice>> measured) {
        List<Result.Entry> entries = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            int index = i;
            Contender contender = contenders.get(i);
            Series series = new Series(
                    measured.stream().map(round -> round.get(index).value()).toList());
            entries.add(
                    new Result.Entry(contender.name(), measured.get(0).get(i).events(), series, contender.remark()));
        }
        return entries;
    }
}
