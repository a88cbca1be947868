/* What tests share: a clock and random numbers that they set, stores in private folders, people to put into them. */
#pragma once

#include "limber-store.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/* 23-Nov-2026 09:00 in London, a Monday. */
#define TEST_NOW G_GINT64_CONSTANT (1795424400000)

typedef struct {
  gint64  now; /* milliseconds UTC; a test moves it */
  guint64 seed;
  GArray *pauses; /* (nullable): guint, milliseconds: how long whoever waited would have; then nobody does */
  gint64  set; /* milliseconds by which somebody has set the clock; the one that nobody can set goes on */
} TestClock;

LimberEnv   *test_env_new          (TestClock *clock);
char        *test_dir_new          (void);
void         test_dir_remove       (const char *dir);
gboolean     test_dir_has          (const char *dir, const char *text);
LimberStore *test_store_new        (const char *dir, LimberEnv *env, LimberClass klass, const LimberId *site);
const LimberAuthor *test_author    (LimberClass klass);
const LimberAuthor *test_author_of (LimberTransaction *transaction);
void         test_store_put_staff  (LimberStore *store);
void         test_store_put        (LimberStore *store, const char *kind, const LimberId *id, ...) G_GNUC_NULL_TERMINATED;
gboolean     test_store_try        (LimberStore *store, GError **error, const char *kind, const LimberId *id, ...) G_GNUC_NULL_TERMINATED;
LimberRecord *test_store_get       (LimberStore *store, const char *kind, const LimberId *id);
gint64       test_store_count      (LimberStore *store, const char *sql);
json_t      *test_store_quarantine (LimberStore *store);
void         test_store_assert_sound (LimberStore *store);
void         test_id               (LimberId *id, const char *name);
void         test_store_tamper     (LimberStore *store, const char *sql);
void         test_store_append     (LimberStore *store, const char *kind, const LimberId *record, const LimberId *patient, const char *body);
GPtrArray   *test_store_lines      (LimberStore *store);
guint        test_store_push       (LimberStore *from, LimberStore *to);
void         test_store_hand_apart (LimberStore *store, GPtrArray *lines, const char *reason);
gboolean     test_store_take_state (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     test_store_put_state  (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     test_wait             (gboolean (*condition) (gpointer data), gpointer data);
guint        test_descriptors      (const char *process, const char *dir, const char *name);
void         test_nhs_number       (guint n, char number[11]);

G_END_DECLS
