/* A waiting-room screen's store with calls in it as its node makes them. */
#pragma once

#include "limber-client.h"
#include "limber-test.h"

G_BEGIN_DECLS

typedef struct {
  TestClock     clock;
  LimberEnv    *env;
  char         *dir;
  LimberStore  *store;
  LimberClient *client; /* it is not started */
  LimberId      site;
} TestBoard;

/* @seconds: since when she is called; a name that begins with a letter and figures is a number */
typedef struct {
  const char *visit, *shown, *place;
  int         seconds;
  gboolean    numbered, gone_in;
} TestCall;

void test_board_set_up    (TestBoard *board);
void test_board_tear_down (TestBoard *board);
void test_board_site      (TestBoard *board, const char *field, const char *value);
void test_board_call      (TestBoard *board, const char *id, TestCall call);
void test_board_drop      (TestBoard *board, const char *id);

G_END_DECLS
