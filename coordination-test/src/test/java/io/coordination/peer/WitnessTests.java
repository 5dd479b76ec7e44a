package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.State;
import io.coordination.peer.PeerMessage.Wanted;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Scripts for what random walks meet too rarely: each breaks an invariant where a rule is weakened, and none where the rules
 * are as shipped. Voters are a to e, others p and q.
 */
class WitnessTests {

    private static final PeerWalkSetting WAITING = PeerWalkSetting.WAITING;
    private static final PeerWalkSetting READING = PeerWalkSetting.READING.withLeaseTicks(30);
    private static final PeerWalkSetting FRESH = PeerWalkSetting.FRESH.withLeaseTicks(30);

    private static final PeerWalkSetting CHANGING = READING.with(PeerWalkSetting.Also.ROLLOUTS);
    private static final PeerWalkSetting APART = WAITING.withLeaseTicks(3)
            .with(PeerWalkSetting.Also.DATA_DIRECTORIES)
            .withStrayTicks(20);

    // ---- voters

    @Test
    void aDoubledYieldTakesAGrantThatCounts() {
        twoHoldersWithout("V4 a yield matches the owner only", WAITING.withLeaseTicks(30), peers -> {
            peers.allIn();
            peers.want("q");
            peers.pass(1);
            peers.want("p");
            peers.talk("p", "b");
            peers.deliver("q", "b", Ask.class);
            peers.deliver("b", "p", Wanted.class);
            peers.deliverAndKeep("p", "b", Ask.class);
            peers.release("q");
            peers.deliver("q", "b", Free.class);
            peers.deliver("b", "p", Stale.class);
            peers.deliverNewest("p", "b");
            peers.deliver("b", "p", Grant.class);
            peers.talk("p", "a");
            peers.lose("q", "c");
            peers.want("q");
            peers.talk("q", "c");
            peers.talk("q", "b");
            peers.deliver("p", "b", Ask.class);
            peers.pass(3);
            peers.tick("b");
            peers.talk("q", "b");
            peers.talk("q", "c");
        });
    }

    @Test
    void anOldAskLowersTheEchoSoThatAYieldFromBeforeTakesAGrantThatCounts() {
        twoHoldersWithout("V4 an older ASK lowers the echo", WAITING.withLeaseTicks(30), peers -> {
            peers.allIn();
            peers.want("q");
            peers.pass(1);
            peers.want("p");
            peers.deliverAndKeep("p", "b", Ask.class);
            peers.deliver("b", "p", Grant.class);
            peers.deliver("q", "b", Ask.class);
            peers.deliver("b", "p", Wanted.class);
            peers.pass(3);
            peers.tick("p");
            peers.deliverNewest("p", "b");
            peers.deliver("b", "p", Grant.class);
            peers.talk("p", "a");
            peers.deliver("p", "b", Ask.class);
            peers.deliver("p", "b", Ask.class);
            peers.talk("q", "b");
            peers.talk("q", "c");
            peers.talk("q", "b");
            peers.talk("q", "c");
        });
    }

    @Test
    void aLateGrantFromBeforeAYieldCounts() {
        twoHoldersWithout("R3 grants from before its yield count", WAITING.withLeaseTicks(30), peers -> {
            peers.allIn();
            peers.want("q");
            peers.pass(1);
            peers.want("p");
            peers.deliver("p", "b", Ask.class);
            peers.deliver("q", "b", Ask.class);
            peers.deliver("b", "p", Wanted.class);
            peers.deliver("p", "b", Ask.class);
            peers.talk("q", "b");
            peers.talk("q", "c");
            peers.talk("q", "b");
            peers.talk("q", "c");
            peers.deliver("b", "p", Grant.class);
            peers.talk("p", "a");
        });
    }

    @Test
    void aLeaseLongerThanTheQuarantineOutlivesIt() {
        twoHoldersWithout("V11 any length is granted", WAITING, peers -> {
            peers.allIn();
            peers.want("p", 6);
            peers.talk("p", "a");
            peers.talk("p", "b");
            restartByWaiting(peers, "a");
            peers.want("q");
            peers.talk("q", "a");
            peers.talk("q", "c");
        });
    }

    @Test
    void aFloorIsForgottenWithItsRecord() {
        tokenFallsWithout("V12 floors are forgotten with their records", WAITING.withClockTicks(20), peers -> {
            peers.ahead("p", 20);
            peers.allIn();
            peers.want("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.release("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            for (int i = 0; i < 3; i++) {
                peers.pass(5);
                peers.tick("a");
                peers.tick("b");
            }
            peers.loseAll();
            peers.want("q");
            peers.talk("q", "a");
            peers.talk("q", "b");
        });
    }

    @Test
    void anAskThatOvertakesItsFreeGoesBeforeAnEarlierWaiter() {
        servesWithout("V6 an owner keeps what it gave back", WAITING.withLeaseTicks(30), "p", peers -> {
            heldWhileQWaits(peers);
            peers.release("p");
            peers.want("p");
            for (String voter : new String[] {"a", "b"}) {
                peers.deliverNewest("p", voter);
                peers.deliver(voter, "p", Grant.class);
            }
        });
    }

    @Test
    void aNamedSuccessorGoesBeforeAnEarlierWaiter() {
        servesWithout("V10 a named successor is passed over", WAITING.withLeaseTicks(30), "q", peers -> {
            heldWhileQWaits(peers);
            askEveryone(peers, "c", "a", "b", "c");
            peers.release("p", "c");
            for (String voter : new String[] {"a", "b", "c"}) {
                peers.talk("p", voter);
                peers.talk("q", voter);
                peers.talk("c", voter);
            }
        });
    }

    @Test
    void aBaseIsGrantedThatTheNextProcessOfTheVoterDoesNotKnow() {
        tokenFallsWithout("V13 bases above what is stored are granted", APART, peers -> {
            peers.ahead("p", 20);
            peers.allIn();
            peers.want("p");
            peers.deliver("p", "a", Ask.class);
            peers.deliver("p", "b", Ask.class);
            peers.deliver("a", "p", Grant.class);
            peers.deliver("b", "p", Grant.class);
            peers.release("p");
            peers.talk("p", "a");
            restartByWaiting(peers, "a");
            peers.loseAll();
            peers.want("q");
            for (String voter : new String[] {"a", "c"}) {
                peers.deliver("q", voter, Ask.class);
                peers.talk("q", voter);
            }
        });
    }

    // ---- requesters

    @Test
    void grantsOfDifferentBasesAreCountedTogether() {
        tokenFallsWithout("R1 bases are mixed", WAITING.withLeaseTicks(30), peers -> {
            peers.allIn();
            // So that a's floor is above what p draws first.
            peers.ahead("q", 2);
            peers.want("q");
            peers.talk("q", "a");
            peers.release("q");
            peers.talk("q", "a");
            peers.loseAll();
            peers.want("p");
            peers.talk("p", "b");
            peers.deliver("p", "a", Ask.class);
            peers.deliver("a", "p", Stale.class);
            peers.lose("p", "b");
            peers.talk("p", "a");
            peers.release("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.loseAll();
            peers.ahead("q", 1);
            peers.restart("q");
            peers.want("q");
            peers.talk("q", "b");
            peers.talk("q", "c");
        });
    }

    // ---- restarts

    @Test
    void aVoterComesBackATickTooEarly() {
        twoHoldersWithout("S5 a tick less of quarantine", WAITING, peers -> {
            peers.allIn();
            peers.want("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.restart("a");
            peers.pass(2);
            peers.tick("a");
            peers.want("q");
            peers.talk("q", "a");
            peers.talk("q", "c");
        });
    }

    @Test
    void aVoterThatWaitedHasAFloorBelowWhatItGranted() {
        tokenFallsWithout("S7 the floor is not the wall clock", WAITING.withClockTicks(6), peers -> {
            peers.ahead("p", 6);
            peers.allIn();
            peers.want("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.restart("a");
            peers.loseAll();
            peers.pass(5);
            // Drawn before the voter is in, and heard afterwards.
            peers.want("q");
            peers.pass(2);
            peers.tick("a");
            peers.deliver("q", "a", Ask.class);
            peers.deliver("q", "c", Ask.class);
            peers.talk("q", "a");
            peers.talk("q", "c");
        });
    }

    @Test
    void aVoterWaitsForItsLeasesButNotForTheClocks() {
        tokenFallsWithout(
                "S7 less than the difference of clocks",
                WAITING.withLeaseTicks(2).withClockTicks(9),
                peers -> {
                    peers.ahead("p", 9);
                    fastTenureThenSlowOne(peers, 3);
                });
    }

    private static void fastTenureThenSlowOne(PeerScript peers, int quarantine) {
        peers.allIn();
        peers.want("p");
        peers.talk("p", "a");
        peers.talk("p", "b");
        peers.restart("a");
        peers.pass(quarantine);
        peers.tick("a");
        peers.loseAll();
        peers.want("q");
        peers.talk("q", "a");
        peers.talk("q", "c");
    }

    @Test
    void aVoterReadsTooFew() {
        twoHoldersWithout("S3 one answer less", READING, peers -> {
            heldByAAndB(peers);
            peers.restart("a");
            peers.talk("a", "c");
            askEveryone(peers, "q", "a", "c");
        });
    }

    @Test
    void aVoterForgetsTheLeasesItReads() {
        twoHoldersWithout("S4 leases are not adopted", READING, peers -> {
            heldByAAndB(peers);
            peers.restart("a");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "q", "a", "c");
        });
    }

    @Test
    void aVoterForgetsTheFloorsItReads() {
        tokenFallsWithout("S4 floors are not adopted", READING.withClockTicks(9), peers -> {
            peers.ahead("p", 9);
            heldByAAndB(peers);
            peers.release("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.restart("a");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "q", "a", "c");
        });
    }

    @Test
    void ofTwoOwnersThatAreReadOneIsBelieved() {
        twoHoldersWithout("S4 one of two differing owners is adopted", READING, peers -> {
            peers.allIn();
            peers.want("q");
            peers.talk("q", "a");
            peers.talk("q", "c");
            peers.want("p");
            peers.talk("p", "b");
            peers.restart("a");
            peers.talk("a", "b");
            peers.talk("a", "c");
            peers.pass(3);
            peers.tick("p");
            peers.talk("p", "a");
            peers.talk("p", "b");
            peers.talk("p", "a");
            peers.talk("p", "b");
        });
    }

    @Test
    void aGrantOfALostVoterIsCountedBecauseNobodyTells() {
        Consumer<PeerScript> script = peers -> {
            peers.allIn();
            peers.want("p");
            peers.deliver("p", "a", Ask.class);
            peers.restart("a");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "q", "a", "c");
            peers.deliver("a", "p", Grant.class);
            peers.talk("p", "b");
        };
        twoHoldersWithout("GRANT without the incarnations it knows", READING, script);
        twoHoldersWithout("S2 the incarnation of the reader is not noted", READING, script);
    }

    @Test
    void twoRestartedVotersVouchForEachOther() {
        twoHoldersWithout("S2 recovering voters answer like others", READING, peers -> {
            heldByAAndB(peers);
            peers.restart("a");
            peers.restart("b");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "q", "a", "c");
        });
    }

    @Test
    void anAnswerOfAProcessThatWasReplacedCounts() {
        twoHoldersWithout("S3 answers are not checked against each other", READING.withVoters(5), peers -> {
            lostGrantOfB(peers);
            peers.talk("b", "a");
            peers.restart("a");
            peers.talk("a", "c");
            peers.talk("a", "d");
            peers.talk("a", "e");
            peers.talk("b", "d");
            peers.talk("b", "e");
            lostGrantOfBCountsWithAAndC(peers);
        });
    }

    @Test
    void whatOthersKnowOfIncarnationsIsNotAdopted() {
        twoHoldersWithout("S4 incarnations are not adopted", READING.withVoters(5), peers -> {
            lostGrantOfB(peers);
            peers.talk("b", "a");
            peers.talk("b", "d");
            peers.talk("b", "e");
            peers.restart("a");
            peers.talk("a", "c");
            peers.talk("a", "d");
            peers.talk("a", "e");
            lostGrantOfBCountsWithAAndC(peers);
        });
    }

    private static void lostGrantOfB(PeerScript peers) {
        peers.allIn();
        peers.want("p");
        peers.deliver("p", "b", Ask.class);
        peers.restart("b");
    }

    private static void lostGrantOfBCountsWithAAndC(PeerScript peers) {
        askEveryone(peers, "q", "b", "d", "e");
        peers.deliver("b", "p", Grant.class);
        peers.talk("p", "a");
        peers.talk("p", "c");
    }

    // ---- changes of the voters

    @Test
    void aVoterReadsFromThoseWhoDoNotKnowWhatItGrantedUnderTheListBefore() {
        twoHoldersWithout("C2 a changed list is read from", CHANGING, peers -> {
            heldUnderTheListBefore(peers);
            peers.rollOut("c", "a", "b", "c", "d");
            peers.talk("c", "a");
            peers.talk("c", "d");
            askEveryone(peers, "q", "a", "c", "d");
        });
    }

    /** What a rollout has to keep to: a setting, not a rule that could be weakened. */
    @Test
    void theListBeforeIsTakenOutOfTheSettingsTooSoon() {
        for (Recovery.Way way : List.of(Recovery.Way.WAIT, Recovery.Way.READ_OR_WAIT)) {
            PeerScript peers = new PeerScript(CHANGING, new Rules());
            heldUnderTheListBefore(peers);
            peers.rollOut("b", "a", "b", "c", "d");
            peers.rollOut("c", "a", "b", "c", "d");
            // Now everybody knows the new list, but b and c are not in.
            peers.restart("c", way);
            peers.talk("c", "a");
            peers.talk("c", "d");
            askEveryone(peers, "q", "a", "c", "d");
            assertThat(peers.holders()).isEqualTo(way == Recovery.Way.WAIT ? List.of("p") : List.of("p", "q"));
        }
    }

    @Test
    void aVoterGrantsToOneWhoKnowsAnotherList() {
        twoHoldersWithout("I3 groups that differ talk to each other", CHANGING, peers -> {
            peers.allIn();
            peers.rollOut("d", "a", "c", "d");
            peers.rollOut("q", "a", "c", "d");
            peers.pass(31);
            peers.tick("d");
            askEveryone(peers, "p", "a", "b");
            askEveryone(peers, "q", "c", "d");
        });
    }

    /** By p, with the votes of b and c, while a, d and q know the new list. */
    private static void heldUnderTheListBefore(PeerScript peers) {
        peers.allIn();
        for (String rolledOut : new String[] {"a", "d", "q"}) {
            peers.rollOut(rolledOut, "a", "b", "c", "d");
        }
        peers.pass(31);
        peers.tick("a");
        peers.tick("d");
        peers.loseAll();
        askEveryone(peers, "p", "b", "c");
        assertThat(peers.holders()).containsExactly("p");
    }

    // ---- cold starts

    @Test
    void aWorkerHoldsThroughAColdStart() {
        twoHoldersWithout("S6 with workers that may hold", FRESH.withWorkers(2), peers -> {
            heldByAAndB(peers);
            coldStart(peers, "a", "b", "c");
            askEveryone(peers, "q", "a", "b");
        });
    }

    @Test
    void aMajorityVouchesForAColdStart() {
        twoHoldersWithout("S6 a majority instead of all", FRESH, peers -> {
            peers.allIn();
            askEveryone(peers, "a", "b", "c");
            coldStart(peers, "b", "c");
            askEveryone(peers, "b", "b", "c");
        });
    }

    @Test
    void aVoterThatCameInByAnEarlierColdStartAgreesToAnother() {
        twoHoldersWithout("S6 the vector is not compared", FRESH, peers -> {
            coldStart(peers, "a", "b", "c");
            askEveryone(peers, "a", "b", "c");
            peers.restart("b");
            peers.restart("c");
            peers.pass(4);
            for (String one : new String[] {"b", "c"}) {
                peers.tick(one);
            }
            peers.talk("b", "c");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "b", "b", "c");
        });
    }

    @Test
    void aProcessHoldsWhileItsOwnVoterRecovers() {
        twoHoldersWithout("R10 a process asks while its own voter recovers", FRESH, peers -> {
            peers.loseAll();
            coldStartOf(peers, "b", "c", "a");
            askEveryone(peers, "a", "b", "c");
            peers.restart("b");
            peers.restart("c");
            peers.pass(4);
            peers.tick("a");
            peers.tick("b");
            peers.tick("c");
            peers.talk("b", "c");
            peers.talk("a", "b");
            peers.talk("a", "c");
            askEveryone(peers, "b", "b", "c");
        });
    }

    @Test
    void aColdStartDoesNotWaitForTheClocks() {
        tokenFallsWithout("S6 without the wait for clocks", FRESH, peers -> {
            peers.ahead("a", 3);
            peers.allIn();
            askEveryone(peers, "a", "a", "b", "c");
            coldStart(peers, 1, "a", "b", "c");
            askEveryone(peers, "b", "b", "c");
        });
    }

    // ---- words

    private static void heldByAAndB(PeerScript peers) {
        peers.allIn();
        peers.want("p");
        peers.talk("p", "a");
        peers.talk("p", "b");
        assertThat(peers.holders()).containsExactly("p");
        peers.lose("p", "c");
    }

    /** By p, with all votes. */
    private static void heldWhileQWaits(PeerScript peers) {
        peers.allIn();
        askEveryone(peers, "p", "a", "b", "c");
        peers.pass(1);
        askEveryone(peers, "q", "a", "b", "c");
        peers.pass(1);
    }

    private static void askEveryone(PeerScript peers, String who, String... voters) {
        peers.want(who);
        for (int round = 0; round < 2; round++) {
            for (String voter : voters) {
                peers.talk(who, voter);
            }
        }
    }

    private static void restartByWaiting(PeerScript peers, String voter) {
        peers.restart(voter);
        peers.pass(4);
        peers.tick(voter);
    }

    private static void coldStart(PeerScript peers, String... voters) {
        coldStart(peers, 4, voters);
    }

    private static void coldStart(PeerScript peers, int ticks, String... voters) {
        for (String voter : voters) {
            peers.restart(voter);
        }
        peers.pass(ticks);
        for (String voter : voters) {
            peers.tick(voter);
        }
        for (String one : voters) {
            for (String other : voters) {
                peers.talk(one, other);
            }
        }
    }

    /** Two come in; what they tell the third is lost. */
    private static void coldStartOf(PeerScript peers, String one, String other, String third) {
        peers.pass(4);
        peers.tick(one);
        peers.tick(other);
        peers.talk(one, other);
        for (String voter : new String[] {one, other}) {
            peers.deliver(voter, third, Read.class);
            peers.deliver(third, voter, State.class);
            peers.lose(third, voter);
            peers.lose(voter, third);
        }
    }

    private static void twoHoldersWithout(String rule, PeerWalkSetting setting, Consumer<PeerScript> script) {
        shows(rule, setting, script, peers -> peers.holders().size() > 1);
    }

    /** Whom it serves without the rule, and only then. */
    private static void servesWithout(
            String rule, PeerWalkSetting setting, String served, Consumer<PeerScript> script) {
        shows(rule, setting, script, peers -> peers.holders().equals(List.of(served)));
    }

    private static void tokenFallsWithout(String rule, PeerWalkSetting setting, Consumer<PeerScript> script) {
        shows(rule, setting, script, PeerScript::hasTokenFallen);
    }

    private static void shows(
            String rule, PeerWalkSetting setting, Consumer<PeerScript> script, Function<PeerScript, Boolean> violated) {
        Rules weakened = Mutations.all()
                .filter(mutation -> mutation.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mutation " + rule))
                .rules();
        PeerScript without = new PeerScript(setting, weakened);
        script.accept(without);
        assertThat(violated.apply(without)).as("without %s", rule).isTrue();
        PeerScript shipped = new PeerScript(setting, new Rules());
        try {
            script.accept(shipped);
        } catch (AssertionError differently) {
            // With the rule a message of the script is never sent: what it shows cannot happen.
            assertThat(differently).hasMessageStartingWith("no ");
        }
        assertThat(violated.apply(shipped)).as("with %s", rule).isFalse();
    }
}
