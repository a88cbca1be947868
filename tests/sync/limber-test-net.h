/* A network in one process: nodes by their address, and a transport that carries messages to them, or loses them. */
#pragma once

#include "limber-client.h"
#include "limber-node.h"
#include "limber-test.h"

G_BEGIN_DECLS

/* What the network does with the next messages. */
typedef enum {
  TEST_NET_CARRY,
  TEST_NET_CUT,         /* nothing gets through */
  TEST_NET_LOSE_ANSWER, /* what was asked is done, but nobody hears of it */
  TEST_NET_SILENT,      /* nothing gets through, and nobody says so until that is over */
} TestNetFault;

typedef void (*TestNetTamper) (LimberMessage *request, gpointer data);

#define TEST_TYPE_NET (test_net_get_type ())
G_DECLARE_FINAL_TYPE (TestNet, test_net, TEST, NET, LimberTransport)

TestNet *test_net_new        (void);
void     test_net_add        (TestNet *net, const char *url, LimberNode *node);
void     test_net_remove     (TestNet *net, const char *url);
void     test_net_set_fault  (TestNet *net, const char *url, TestNetFault fault);
void     test_net_set_tamper (TestNet *net, TestNetTamper tamper, gpointer data);
guint    test_net_requests   (TestNet *net);
guint    test_net_held       (TestNet *net);
void     test_net_drop_lines (TestNet *net, const char *url);
void     test_net_set_compare (TestNet *net, gboolean compare);

/* A store that is somewhere on it. */
typedef struct {
  char         *dir;
  TestClock     clock;
  LimberEnv    *env;
  LimberStore  *store;
  LimberNode   *node;   /* (nullable) */
  LimberClient *client; /* (nullable) */
  TestNet      *net;
  char         *url;    /* (nullable): of its node */
} TestPlace;

TestPlace *test_place_central (TestNet *net, const char *url);
TestPlace *test_place_join    (TestNet *net, TestPlace *at, LimberClass klass, const LimberId *site, const char *url);
TestPlace *test_place_join_by (TestNet *net, TestPlace *at, const char *code, const char *url);
char      *test_place_enrol   (TestPlace *at, LimberClass klass, const LimberId *site, gint64 expires, const LimberId *replaces);
void       test_place_sync    (TestPlace *place);
void       test_place_start   (TestPlace *place);
void       test_place_close   (TestPlace *place);
void       test_place_open    (TestPlace *place);
void       test_place_copy    (TestPlace *from, TestPlace *to);
TestPlace *test_place_save    (TestPlace *place);
void       test_place_restore (TestPlace *place, TestPlace *saved);
void       test_place_free    (TestPlace *place);
LimberMessage *test_place_ask (TestPlace *as, TestPlace *at, LimberMessage *request, const char *run, guint64 counter);
LimberMessage *test_net_ask   (TestNet *net, const char *url, LimberMessage *request);

G_END_DECLS
