package io.coordination.spring.lock;

/**
 * One thing that is wrong about one annotated method.
 *
 * @param place the bean and the method
 * @param what what is wrong there
 */
record WithLockProblem(String place, String what) {

    @Override
    public String toString() {
        return place + ": " + what;
    }
}
