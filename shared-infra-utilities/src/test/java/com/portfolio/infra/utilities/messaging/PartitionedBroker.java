package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory with one group, whose members share partitions as Kafka's do: who has to give one up does so at his
 * next poll, and another one gets it after that. Thread-safe.
 */
final class PartitionedBroker {

    private final List<List<Parcel>> partitions = new ArrayList<>();
    private final List<Source> members = new ArrayList<>();
    private final Map<Integer, Source> owners = new HashMap<>();
    private final int[] committed;
    private boolean lost;
    private @Nullable RuntimeException refusal;

    PartitionedBroker(int count) {
        for (int i = 0; i < count; i++) {
            partitions.add(new ArrayList<>());
        }
        committed = new int[count];
    }

    synchronized void publish(Parcel parcel) {
        partitions.get(parcel.partition).add(parcel);
        notifyAll();
    }

    /** Whether the group is done with everything. */
    synchronized boolean isDone() {
        for (int p = 0; p < committed.length; p++) {
            if (committed[p] < partitions.get(p).size()) {
                return false;
            }
        }
        return true;
    }

    /** How many messages of a partition the group is done with. */
    synchronized int committed(int partition) {
        return committed[partition];
    }

    synchronized void lose() {
        lost = true;
        notifyAll();
    }

    synchronized void restore() {
        lost = false;
    }

    /** The next poll of anybody throws. */
    synchronized void refuse(RuntimeException failure) {
        refusal = failure;
        notifyAll();
    }

    /** Takes all partitions away from a member that did not answer in time, as the broker thinks. */
    synchronized void expel(Source member) {
        owners.values().removeIf(owner -> owner == member);
        notifyAll();
    }

    Source source() {
        return new Source();
    }

    private Source wanted(int partition) {
        return members.get(partition % members.size());
    }

    /** Partitions are owned under an epoch: who lost one and gets it back has a new one. */
    private static final class Tracker {
        private final NavigableSet<Integer> unfinished = new TreeSet<>();
        private int next;

        Tracker(int next) {
            this.next = next;
        }

        int watermark() {
            return unfinished.isEmpty() ? next : unfinished.first();
        }
    }

    final class Source implements DeliverySource<Parcel> {

        private final Map<Integer, Tracker> mine = new HashMap<>();
        private final Map<Parcel, Tracker> trackers = new HashMap<>();
        private final Map<Parcel, Integer> offsets = new HashMap<>();
        private boolean awake;
        private boolean dead;
        private boolean closed;
        private int polls;
        private int mostRoom;
        Duration patience = Duration.ofSeconds(20);

        /** Ends as a process does that is killed. */
        void die() {
            synchronized (PartitionedBroker.this) {
                dead = true;
                leave();
            }
        }

        boolean isClosed() {
            synchronized (PartitionedBroker.this) {
                return closed;
            }
        }

        int polls() {
            synchronized (PartitionedBroker.this) {
                return polls;
            }
        }

        int mostRoom() {
            synchronized (PartitionedBroker.this) {
                return mostRoom;
            }
        }

        @Override
        public void poll(int room, Duration maxWait, Intake<Parcel> intake) throws InterruptedException {
            Set<Integer> gone = new LinkedHashSet<>();
            Set<Integer> unwanted = new LinkedHashSet<>();
            synchronized (PartitionedBroker.this) {
                polls++;
                mostRoom = Math.max(mostRoom, room);
                if (dead) {
                    return;
                }
                requireBroker();
                commit();
                if (!members.contains(this)) {
                    members.add(this);
                }
                for (int p : mine.keySet()) {
                    if (owners.get(p) != this) {
                        gone.add(p);
                    } else if (wanted(p) != this) {
                        unwanted.add(p);
                    }
                }
                gone.forEach(mine::remove);
            }
            if (!gone.isEmpty()) {
                intake.lose(parcel -> gone.contains(parcel.partition));
            }
            if (!unwanted.isEmpty()) {
                acknowledge(intake.revoke(parcel -> unwanted.contains(parcel.partition), patience));
            }
            synchronized (PartitionedBroker.this) {
                unwanted.forEach(this::release);
                claim();
            }
            intake.joined();
            synchronized (PartitionedBroker.this) {
                handOver(room, maxWait, intake);
            }
        }

        private void requireBroker() {
            if (refusal != null) {
                RuntimeException thrown = refusal;
                refusal = null;
                throw thrown;
            }
            if (lost) {
                throw new BrokerUnavailableException("The broker is lost.", null);
            }
        }

        private void claim() {
            for (int p = 0; p < partitions.size(); p++) {
                if (!owners.containsKey(p) && !dead && wanted(p) == this) {
                    owners.put(p, this);
                    mine.put(p, new Tracker(committed[p]));
                }
            }
        }

        private void handOver(int room, Duration maxWait, Intake<Parcel> intake) throws InterruptedException {
            int given = give(room, intake);
            if (given == 0 && !awake && !maxWait.isZero()) {
                PartitionedBroker.this.wait(Math.max(1, maxWait.toMillis()));
                if (!lost && refusal == null) {
                    give(room, intake);
                }
            }
            awake = false;
        }

        private int give(int room, Intake<Parcel> intake) {
            int given = 0;
            for (Map.Entry<Integer, Tracker> entry : mine.entrySet()) {
                Tracker tracker = entry.getValue();
                List<Parcel> partition = partitions.get(entry.getKey());
                while (owners.get(entry.getKey()) == this && given < room && tracker.next < partition.size()) {
                    Parcel parcel = partition.get(tracker.next).again();
                    trackers.put(parcel, tracker);
                    offsets.put(parcel, tracker.next);
                    tracker.unfinished.add(tracker.next);
                    tracker.next++;
                    given++;
                    intake.accept(parcel);
                }
            }
            return given;
        }

        @Override
        public void acknowledge(List<Parcel> done) {
            synchronized (PartitionedBroker.this) {
                for (Parcel parcel : done) {
                    Tracker tracker = trackers.remove(parcel);
                    if (tracker == null) {
                        throw new AssertionError(
                                "Parcel " + parcel + " was acknowledged twice, or is none of this source.");
                    }
                    tracker.unfinished.remove(offsets.remove(parcel));
                }
                if (lost) {
                    throw new BrokerUnavailableException("The broker is lost.", null);
                }
                commit();
            }
        }

        private void commit() {
            for (Map.Entry<Integer, Tracker> entry : mine.entrySet()) {
                if (!dead && owners.get(entry.getKey()) == this) {
                    committed[entry.getKey()] = entry.getValue().watermark();
                }
            }
        }

        private void release(int partition) {
            commit();
            mine.remove(partition);
            owners.remove(partition, this);
            PartitionedBroker.this.notifyAll();
        }

        @Override
        public void wakeUp() {
            synchronized (PartitionedBroker.this) {
                awake = true;
                PartitionedBroker.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (PartitionedBroker.this) {
                closed = true;
                if (!dead) {
                    commit();
                    leave();
                }
            }
        }

        private void leave() {
            mine.clear();
            members.remove(this);
            owners.values().removeIf(owner -> owner == this);
            PartitionedBroker.this.notifyAll();
        }
    }
}
