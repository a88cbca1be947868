/* Enrolment: one-time codes by which a device joins a node.
 *
 * A code carries an 80 bit secret and 80 bits of a fingerprint of the node's key, as 32 letters and figures of
 * Crockford's base32 in groups of four; after an @ the node's address may follow. The secret never crosses the wire: the
 * device names it by one hash of it, and proves it by a keyed hash of what it asks for. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_ENROLMENT_PART 10
#define LIMBER_ENROLMENT_HASH 32
#define LIMBER_ENROLMENT_LETTERS (2 * LIMBER_ENROLMENT_PART * 8 / 5)

typedef struct {
  guint8 secret[LIMBER_ENROLMENT_PART];
  guint8 fingerprint[LIMBER_ENROLMENT_PART];
} LimberCode;

/**
 * LimberEnrolment:
 * @klass: what the device will be
 * @site: (nullable): whose it will be; only an office device has none
 * @name: what people call it
 * @expires: until when the code can be used, milliseconds UTC; 0 for a day from now
 * @replaces: (nullable): the hub in whose place this one comes; it is revoked when this one joins
 *
 * What a device is to be, as a person decides when the code is made.
 */
typedef struct {
  LimberClass     klass;
  const LimberId *site;
  const char     *name;
  gint64          expires;
  const LimberId *replaces;
} LimberEnrolment;

/* What a device asks to be. */
typedef struct {
  guint8 id[LIMBER_ENROLMENT_HASH];
  guint8 proof[LIMBER_ENROLMENT_HASH];
  guint8 key[32]; /* its Ed25519 public key */
} LimberJoin;

/* What a code is for. */
typedef struct {
  LimberClass klass;
  gboolean    has_site;
  LimberId    site;
  char       *name;    /* (owned) */
  gint64      expires; /* milliseconds UTC */
} LimberEnrolled;

gboolean limber_enrolment_make    (LimberTransaction *transaction, const LimberEnrolment *enrolment, const guint8 node_key[32], char **code, GError **error);
gboolean limber_enrolment_look    (LimberReader *reader, const LimberJoin *join, LimberEnrolled *found, GError **error);
void     limber_enrolled_clear    (LimberEnrolled *enrolled);
gint64   limber_enrolment_count_open (LimberReader *reader);
gboolean limber_enrolment_take    (LimberTransaction *transaction, const LimberJoin *join, LimberId *device, GError **error);
char    *limber_enrolment_locate  (const char *code, const char *url);
int      limber_enrolment_count   (const char *text);
gboolean limber_enrolment_parse   (const char *text, LimberCode *code, char **url, GError **error);
gboolean limber_enrolment_fits    (const LimberCode *code, const guint8 node_key[32]);
void     limber_enrolment_prove   (const LimberCode *code, LimberJoin *join);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberEnrolled, limber_enrolled_clear)

G_END_DECLS
