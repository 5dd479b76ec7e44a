package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerWalkSetting.Also;
import io.coordination.time.Moment;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every rule of the protocol, weakened one at a time, with what that breaks. */
final class Mutations {

    private static final String TWO = "two holders.*";
    private static final String TOKEN = "the token does not rise.*";
    private static final String EITHER = TWO + "|" + TOKEN + "|.*does not exclude others.*";
    private static final String STUCK = "not everybody is served.*";
    private static final PeerWalkSetting WAITING = PeerWalkSetting.WAITING;
    private static final PeerWalkSetting READING = PeerWalkSetting.READING;
    private static final PeerWalkSetting FRESH = PeerWalkSetting.FRESH;

    private static final PeerWalkSetting CHANGING = READING.with(Also.ROLLOUTS);
    private static final PeerWalkSetting APART =
            WAITING.with(Also.DATA_DIRECTORIES).withStrayTicks(20);
    private static final PeerWalkSetting SET_BACK = READING.with(Also.SNAPSHOTS);

    /** Those that a few hundred walks do not find. */
    private static final Set<String> RARE = Set.of(
            "V9 owners are not told",
            "V11 any length is granted",
            "V12 floors are forgotten with their records",
            "V13 bases above what is stored are granted",
            "R1 bases are mixed",
            "I3 groups that differ talk to each other",
            "C1 two voters at once",
            "C2 a changed list is read from",
            "C3 the next change begins too soon",
            "S1 a voter votes at once",
            "S5 a tick less of quarantine",
            "S7 the floor is not the wall clock",
            "S7 less than the difference of clocks",
            "S3 one answer less",
            "S3 answers are not checked against each other",
            "S4 incarnations are not adopted",
            "S4 leases are not adopted",
            "S4 floors are not adopted",
            "S4 the base of an adopted lease is trusted",
            "S4 one of two differing owners is adopted",
            "GRANT without the incarnations it knows",
            "S2 the incarnation of the reader is not noted",
            "S2 recovering voters answer like others",
            "S6 with workers that may hold",
            "S6 a majority instead of all",
            "S6 the vector is not compared",
            "S6 without the wait for clocks",
            "R10 a process asks while its own voter recovers");

    private Mutations() {}

    static Stream<Mutation> all() {
        return Stream.of(ofVoters(), ofRequesters(), ofRestarts())
                .flatMap(some -> some)
                .map(mutation -> RARE.contains(mutation.rule()) ? mutation.rare() : mutation);
    }

    private static Stream<Mutation> ofVoters() {
        return Stream.of(
                voter("V1 the voter prefers the earlier ticket", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    void ask(ProcessId from, Ask ask, Moment now) {
                        if (lease != null && lease.ticket().compareTo(ask.ticket()) > 0) {
                            lease = null;
                        }
                        super.ask(from, ask, now);
                    }
                }),
                voter("V2 excludes for a tick less", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    long exclusion(long leaseNanos) {
                        return super.exclusion(leaseNanos) - PeerWalk.TICK;
                    }
                }),
                voter("V3 a pushed grant echoes a newer stamp", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    Moment echoOfPushed(QueueEntry entry) {
                        return new Moment(
                                entry.stamp.nanos() + PeerWalk.TICK, entry.stamp.micros() + PeerWalk.TICK / 1_000);
                    }
                }),
                voter("V4 a FREE matches the owner only", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    boolean frees(VoterLease current, ProcessId from, Free free) {
                        return current.isOf(from);
                    }
                }),
                voter("V4 a yield matches the owner only", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    boolean yields(VoterLease current, Ask ask) {
                        return true;
                    }
                }),
                voter("V4 an older ASK lowers the echo", EITHER, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    boolean isOld(VoterLease current, Moment stamp) {
                        return false;
                    }
                }),
                voter("V5 no floor", TOKEN, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    boolean isBehind(long base) {
                        return false;
                    }
                }),
                voter("V6 an owner keeps what it gave back", "", (voter, seat) -> new VoterRecord(voter, seat) {
                            @Override
                            boolean endsOwnTenure(VoterLease current, Ask ask) {
                                return false;
                            }
                        })
                        .rare(),
                voter("V7 nothing is pushed", STUCK, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    void serve(Moment now) {
                        if (waiting() == 1) {
                            super.serve(now);
                        }
                    }
                }),
                voter("V8 those behind are not told", STUCK, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    void tellStale(QueueEntry entry) {}
                }),
                voter("V9 owners are not told", STUCK, (voter, seat) -> new VoterRecord(voter, seat) {
                    @Override
                    void tellOwner(ProcessId asker, Ask ask) {}
                }),
                voter("V10 a named successor is passed over", "", (voter, seat) -> new VoterRecord(voter, seat) {
                            @Override
                            void free(ProcessId from, Free free, Moment now) {
                                super.free(from, new Free(free.resource(), free.stamp(), null), now);
                            }
                        })
                        .rare(),
                new Mutation("V11 any length is granted", EITHER, false, WAITING.withOverlongTicks(2), new Rules() {
                    @Override
                    boolean isTooLong(long lease, long longest) {
                        return false;
                    }
                }),
                new Mutation("V12 floors are forgotten with their records", TOKEN, false, WAITING, new Rules() {
                    @Override
                    long fold(long floorOfAll, long floor) {
                        return floorOfAll;
                    }
                }),
                new Mutation("V13 bases above what is stored are granted", TOKEN, false, APART, new Rules() {
                    @Override
                    boolean isCovered(long base, long stored) {
                        return true;
                    }
                }));
    }

    private static Stream<Mutation> ofRequesters() {
        return Stream.of(
                requester("R1 one voter less", EITHER, (requester, request, now) -> new Claim(requester, request, now) {
                    @Override
                    int quorum() {
                        return super.quorum() - 1;
                    }
                }),
                requester(
                        "R1 messages count, not voters",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            private int messages;

                            @Override
                            void granted(Vote vote, long incarnation, Grant grant, Moment at) {
                                messages++;
                                super.granted(vote, incarnation, grant, at);
                            }

                            @Override
                            boolean isNews(Vote vote, long incarnation, Grant grant) {
                                return true;
                            }

                            @Override
                            boolean isMajority(int voters) {
                                return voters > 0 && messages >= quorum();
                            }
                        }),
                requester("R1 bases are mixed", TOKEN, (requester, request, now) -> new Claim(requester, request, now) {
                    @Override
                    boolean isSameTenure(Vote one, Vote other) {
                        return true;
                    }
                }),
                requester(
                        "R2 counts from the receipt",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            Moment counted(Moment worth, Moment at) {
                                return at;
                            }
                        }),
                requester(
                        "R2 counts from the last ASK",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            Moment counted(Moment worth, Moment at) {
                                long ahead = requester.lastStamp() - worth.nanos();
                                return new Moment(requester.lastStamp(), worth.micros() + ahead / 1_000);
                            }
                        }),
                requester(
                        "R3 grants from before its FREE count",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            boolean counts(Vote vote) {
                                return vote.echo != null
                                        && vote.echo.nanos() >= vote.yieldMark
                                        && vote.incarnation >= requester.known().of(vote.voter);
                            }

                            @Override
                            boolean isNews(Vote vote, long incarnation, Grant grant) {
                                return vote.echo == null
                                        || vote.echo.nanos() < grant.echo().nanos();
                            }
                        }),
                requester(
                        "R3 grants from before its yield count",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            boolean counts(Vote vote) {
                                return vote.echo != null
                                        && vote.echo.nanos() > freeMark
                                        && vote.incarnation >= requester.known().of(vote.voter);
                            }

                            @Override
                            boolean isNews(Vote vote, long incarnation, Grant grant) {
                                return grant.echo().nanos() > freeMark;
                            }
                        }),
                requester(
                        "R4 a late answer revives",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            void check(Moment at) {}
                        }),
                requester(
                        "R4 the deadline by a timer that is late",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            long authority() {
                                return super.authority() + PeerWalk.TICK;
                            }
                        }),
                requester(
                        "R5 FREE before it stops",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            void renew(Consumer<? super RenewAnswer> answer, Moment at) {
                                for (Vote vote : votes) {
                                    requester.send(vote.voter, new Free(resource, requester.stamp(at), null));
                                }
                            }
                        }),
                requester(
                        "R6 a holder yields too",
                        EITHER,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            void whenWantedWhileHeld(Vote vote, Moment at) {
                                requester.send(
                                        vote.voter,
                                        new Ask(
                                                resource,
                                                requester.stamp(at),
                                                ticket(),
                                                base(),
                                                request.lease(),
                                                false,
                                                true));
                            }
                        }),
                requester(
                        "R7 a base is used again",
                        STUCK,
                        (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            long freshBase(Moment at) {
                                return 1_000_000_001;
                            }
                        }),
                requester(
                        "R8 never asks again", STUCK, (requester, request, now) -> new Claim(requester, request, now) {
                            @Override
                            void askAgain(Moment at) {}
                        }));
    }

    private static Stream<Mutation> ofRestarts() {
        return Stream.of(
                new Mutation(
                        "I1 a restarted process looks like the one before",
                        EITHER,
                        false,
                        WAITING.with(Also.REUSED_INCARNATIONS),
                        new Rules()),
                new Mutation("I3 groups that differ talk to each other", EITHER, false, CHANGING, new Rules() {
                    @Override
                    boolean isSameGroup(long one, long other) {
                        return true;
                    }
                }),
                new Mutation("C1 two voters at once", EITHER, false, CHANGING.with(Also.LEAPS), new Rules()),
                new Mutation("C2 a changed list is read from", EITHER, false, CHANGING, new Rules() {
                    @Override
                    Recovery.Way wayAfterChange() {
                        return Recovery.Way.READ_OR_WAIT;
                    }
                }),
                new Mutation(
                        "C3 the next change begins too soon", EITHER, false, CHANGING.with(Also.HASTE), new Rules()),
                restart(
                        "S1 a voter votes at once",
                        EITHER,
                        WAITING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            boolean isIn() {
                                return true;
                            }
                        }),
                new Mutation("S8 a machine that was away goes on", EITHER, false, SET_BACK, new Rules() {
                    @Override
                    boolean wasAway(long away, long difference) {
                        return false;
                    }
                }),
                restart(
                        "S5 a tick less of quarantine",
                        EITHER,
                        WAITING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            long quarantine() {
                                return super.quarantine() - PeerWalk.TICK;
                            }
                        }),
                restart(
                        "S7 the floor is not the wall clock",
                        TOKEN,
                        WAITING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            long floorByTime(Moment at) {
                                return Long.MIN_VALUE;
                            }
                        }),
                restart(
                        "S7 less than the difference of clocks",
                        TOKEN,
                        WAITING.withLeaseTicks(2).withClockTicks(6),
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            long quarantine() {
                                return member.times().exclusion(member.times().longestGrant());
                            }
                        }),
                restart("S3 one answer less", EITHER, READING, (member, way, now) -> new Recovery(member, way, now) {
                    @Override
                    int enough() {
                        return super.enough() - 1;
                    }
                }),
                restart(
                        "S4 leases are not adopted",
                        EITHER,
                        READING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            void adopt(ObjLongConsumer<KnownLease> lease) {
                                super.adopt((told, until) -> {});
                            }
                        }),
                restart(
                        "S3 answers are not checked against each other",
                        EITHER,
                        READING.withVoters(5),
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            boolean isVoid(String node, Answer answer) {
                                return false;
                            }
                        }),
                restart(
                        "S4 incarnations are not adopted",
                        EITHER,
                        READING.withVoters(5),
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            void adoptIncarnations(Map<String, Long> told) {}
                        }),
                restart(
                        "S4 floors are not adopted",
                        TOKEN,
                        READING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            long floor(Moment at) {
                                return Long.MIN_VALUE;
                            }
                        }),
                new Mutation("S4 the base of an adopted lease is trusted", TOKEN, false, READING, new Rules() {
                    @Override
                    VoterRecord record(Voter voter, Resource resource) {
                        return new VoterRecord(voter, resource) {
                            @Override
                            boolean confirms(VoterLease current, Ask ask) {
                                return super.confirms(current, ask) || !current.isBaseKnown();
                            }
                        };
                    }

                    @Override
                    Recovery recovery(Membership member, Recovery.Way way, Moment now) {
                        return new Recovery(member, way, now) {
                            @Override
                            long floorByTime(Moment at) {
                                return Long.MIN_VALUE;
                            }
                        };
                    }
                }),
                voter(
                        "S4 one of two differing owners is adopted",
                        EITHER,
                        READING,
                        (voter, seat) -> new VoterRecord(voter, seat) {
                            @Override
                            @Nullable
                            ProcessId ownerOfDisputed(VoterLease one, KnownLease other) {
                                return one.owner() == null ? other.owner() : one.owner();
                            }
                        }),
                new Mutation("GRANT without the incarnations it knows", EITHER, false, READING, new Rules() {
                    @Override
                    Incarnations incarnations(PeerGroup group) {
                        return new Incarnations(group) {
                            @Override
                            Map<String, Long> all() {
                                return Map.of();
                            }
                        };
                    }
                }),
                new Mutation("S2 the incarnation of the reader is not noted", EITHER, false, READING, new Rules() {
                    @Override
                    void note(Incarnations known, ProcessId reader) {}
                }),
                restart(
                        "S2 recovering voters answer like others",
                        EITHER,
                        READING,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            boolean counts(Answer answer) {
                                return true;
                            }
                        }),
                restart(
                        "S6 with workers that may hold",
                        EITHER,
                        FRESH.withWorkers(2),
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            boolean mayOthersHold() {
                                return false;
                            }
                        }),
                restart(
                        "S6 a majority instead of all",
                        EITHER,
                        FRESH,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            int othersForColdStart() {
                                return 1;
                            }
                        }),
                restart(
                        "S6 the vector is not compared",
                        EITHER,
                        FRESH,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            boolean isSame(Map<String, Long> coldVector, Map<String, Long> vector) {
                                return true;
                            }
                        }),
                restart(
                        "S6 without the wait for clocks",
                        TOKEN,
                        FRESH,
                        (member, way, now) -> new Recovery(member, way, now) {
                            @Override
                            long ageForClocks() {
                                return 0;
                            }
                        }),
                new Mutation("R10 a process asks while its own voter recovers", EITHER, false, FRESH, new Rules() {
                    @Override
                    boolean mayAsk(boolean ownVoterIsIn) {
                        return true;
                    }
                }));
    }

    // ---- how to weaken

    private static Mutation voter(String rule, String expected, BiFunction<Voter, Resource, VoterRecord> make) {
        return voter(rule, expected, WAITING, make);
    }

    private static Mutation voter(
            String rule, String expected, PeerWalkSetting setting, BiFunction<Voter, Resource, VoterRecord> make) {
        return new Mutation(rule, expected, false, setting, new Rules() {
            @Override
            VoterRecord record(Voter voter, Resource resource) {
                return make.apply(voter, resource);
            }
        });
    }

    private static Mutation requester(String rule, String expected, MakesClaim make) {
        return new Mutation(rule, expected, false, WAITING, new Rules() {
            @Override
            Claim claim(Requester requester, LeaseRequest request, Moment now) {
                return make.claim(requester, request, now);
            }
        });
    }

    private static Mutation restart(String rule, String expected, PeerWalkSetting setting, MakesRecovery make) {
        return new Mutation(rule, expected, false, setting, new Rules() {
            @Override
            Recovery recovery(Membership member, Recovery.Way way, Moment now) {
                return make.recovery(member, way, now);
            }
        });
    }

    private interface MakesClaim {
        Claim claim(Requester requester, LeaseRequest request, Moment now);
    }

    private interface MakesRecovery {
        Recovery recovery(Membership member, Recovery.Way way, Moment now);
    }
}
