#include "limber-enrolment.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-departure.h"
#include "limber-error.h"
#include "limber-reader-private.h"

#define CODE_BYTES (2 * LIMBER_ENROLMENT_PART)

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static char *
code_to_text (const guint8 bytes[CODE_BYTES])
{
  GString *text = g_string_new (NULL);
  guint32 bits = 0;
  int held = 0;

  for (int i = 0; i < CODE_BYTES; i++) {
    bits = bits << 8 | bytes[i];
    for (held += 8; held >= 5; held -= 5) {
      if (text->len % 5 == 4)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[bits >> (held - 5) & 31]);
    }
  }
  return g_string_free (text, FALSE);
}

/* What a letter stands for, as Crockford reads it: I and L are 1, O is 0. */
static int
letter_value (char c)
{
  const char *at;

  c = g_ascii_toupper (c);
  if (c == 'I' || c == 'L')
    c = '1';
  if (c == 'O')
    c = '0';
  at = c != '\0' ? strchr (letters, c) : NULL;
  return at != NULL ? (int) (at - letters) : -1;
}

/**
 * limber_enrolment_count:
 * @text: what has been typed so far
 *
 * Returns: how many of a code's LIMBER_ENROLMENT_LETTERS letters and figures it has; -1 when there is something before the @ that no
 *   code has
 */
int
limber_enrolment_count (const char *text)
{
  int n = 0;

  for (; *text != '\0' && *text != '@'; text++) {
    if (*text == '-' || g_ascii_isspace (*text))
      continue;
    if (letter_value (*text) < 0)
      return -1;
    n++;
  }
  return n;
}

static gboolean
is_whole_url (const char *text)
{
  return g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://");
}

/**
 * limber_enrolment_locate:
 * @code: a code
 * @url: (nullable): where its node is reached
 *
 * Returns: (transfer full): the code as a person is given it: CODE@HOST, and CODE@http://… for an address without TLS
 */
char *
limber_enrolment_locate (const char *code, const char *url)
{
  const char *rest = url != NULL && g_str_has_prefix (url, "https://") ? url + strlen ("https://") : url;

  if (url == NULL)
    return g_strdup (code);
  return g_strconcat (code, "@", is_whole_url (rest) ? url : rest, NULL);
}

static char *
url_after (const char *at)
{
  g_autofree char *plain = g_strstrip (g_strdup (at + 1));

  return is_whole_url (plain) ? g_steal_pointer (&plain) : g_strconcat ("https://", plain, NULL);
}

/**
 * limber_enrolment_parse:
 * @text: a code as somebody typed it; spaces and dashes do not matter
 * @code: (out): what it carries
 * @url: (out) (optional) (transfer full) (nullable): where its node is, when it says that
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: whether it is a code
 */
gboolean
limber_enrolment_parse (const char *text, LimberCode *code, char **url, GError **error)
{
  guint8 bytes[CODE_BYTES];
  guint32 bits = 0;
  int held = 0, n = 0, read = 0;

  for (; *text != '\0' && *text != '@'; text++) {
    int value = letter_value (*text);

    if (*text == '-' || g_ascii_isspace (*text))
      continue;
    if (value < 0 || ++read > LIMBER_ENROLMENT_LETTERS)
      break;
    bits = bits << 5 | (guint32) value;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes[n++] = (guint8) (bits >> held);
    }
  }
  if ((*text != '\0' && *text != '@') || read != LIMBER_ENROLMENT_LETTERS) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("That is not a joining code: it has %d letters and figures. Check it against the screen that showed it."), LIMBER_ENROLMENT_LETTERS);
    return FALSE;
  }
  memcpy (code->secret, bytes, sizeof code->secret);
  memcpy (code->fingerprint, bytes + sizeof code->secret, sizeof code->fingerprint);
  if (url != NULL)
    *url = *text == '@' ? url_after (text) : NULL;
  return TRUE;
}

static void
fingerprint_of (const guint8 key[32], guint8 fingerprint[LIMBER_ENROLMENT_PART])
{
  guint8 hash[LIMBER_ENROLMENT_HASH];

  crypto_generichash (hash, sizeof hash, key, 32, (const guint8 *) "limber node key ", 16);
  memcpy (fingerprint, hash, LIMBER_ENROLMENT_PART);
}

static void
hash_secret (const guint8 secret[LIMBER_ENROLMENT_PART], const char *purpose, guint8 hash[LIMBER_ENROLMENT_HASH])
{
  crypto_generichash (hash, LIMBER_ENROLMENT_HASH, secret, LIMBER_ENROLMENT_PART, (const guint8 *) purpose, 16);
}

static void
prove (const guint8 proof_key[LIMBER_ENROLMENT_HASH], const guint8 key[32], guint8 proof[LIMBER_ENROLMENT_HASH])
{
  crypto_generichash (proof, LIMBER_ENROLMENT_HASH, key, 32, proof_key, LIMBER_ENROLMENT_HASH);
}

/**
 * limber_enrolment_fits:
 *
 * Returns: whether @code was made by the node that has @node_key
 */
gboolean
limber_enrolment_fits (const LimberCode *code, const guint8 node_key[32])
{
  guint8 fingerprint[LIMBER_ENROLMENT_PART];

  fingerprint_of (node_key, fingerprint);
  return sodium_memcmp (fingerprint, code->fingerprint, sizeof fingerprint) == 0;
}

/**
 * limber_enrolment_prove:
 * @join: (inout): its key is read; how it names and proves the code is written
 */
void
limber_enrolment_prove (const LimberCode *code, LimberJoin *join)
{
  guint8 proof_key[LIMBER_ENROLMENT_HASH];

  hash_secret (code->secret, "limber code name", join->id);
  hash_secret (code->secret, "limber code key ", proof_key);
  prove (proof_key, join->key, join->proof);
}

static gboolean
check_site (LimberTransaction *transaction, LimberClass klass, const LimberId *site, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);

  if (!(reader->klass & LIMBER_CLASS_NODES))
    return limber_error_refuse (error, _("Only a hub or the central service can let devices join."));
  if (klass == LIMBER_CLASS_CENTRAL || (klass == LIMBER_CLASS_HUB && reader->klass != LIMBER_CLASS_CENTRAL)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This node cannot let a %s join."), limber_class_name (klass));
    return FALSE;
  }
  if (site == NULL && klass != LIMBER_CLASS_OFFICE) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("A %s belongs to a site: say which."), limber_class_name (klass));
    return FALSE;
  }
  if (reader->klass == LIMBER_CLASS_HUB && (klass == LIMBER_CLASS_OFFICE || (reader->has_site && !limber_id_equal (site, &reader->site))))
    return limber_error_refuse (error, _("A hub lets only devices of its own site join."));
  return TRUE;
}

/* The hub that is to be replaced is one, and of the same site. */
static gboolean
check_replaces (LimberTransaction *transaction, const LimberEnrolment *enrolment, GError **error)
{
  g_autoptr (LimberRecord) old = NULL;
  const LimberId *site;

  if (enrolment->replaces == NULL)
    return TRUE;
  old = limber_reader_get (limber_transaction_reader (transaction), "device", enrolment->replaces, error);
  if (old == NULL)
    return FALSE;
  site = limber_record_id (old, "site");
  if (enrolment->klass == LIMBER_CLASS_HUB && g_strcmp0 (limber_record_text (old, "class"), limber_class_name (LIMBER_CLASS_HUB)) == 0 && enrolment->site != NULL && site != NULL &&
      limber_id_equal (site, enrolment->site))
    return TRUE;
  return limber_error_refuse (error, _("Only a site's hub can be replaced, and only by another hub for the same site."));
}

/**
 * limber_enrolment_make:
 * @enrolment: what the device will be
 * @node_key: this node's Ed25519 public key
 * @code: (out): the code, for one device
 * @error: LIMBER_ERROR_REFUSED
 *
 * Makes a one-time code by which a device can join this node.
 */
gboolean
limber_enrolment_make (LimberTransaction *transaction, const LimberEnrolment *enrolment, const guint8 node_key[32], char **code, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gint64 now = limber_transaction_now (transaction);
  guint8 bytes[CODE_BYTES], id[LIMBER_ENROLMENT_HASH], proof[LIMBER_ENROLMENT_HASH];
  const LimberId *site = enrolment->site;

  if (site == NULL && reader->klass == LIMBER_CLASS_HUB && reader->has_site)
    site = &reader->site;
  if (!check_site (transaction, enrolment->klass, site, error) || !check_replaces (transaction, enrolment, error))
    return FALSE;
  limber_env_random (limber_transaction_env (transaction), bytes, LIMBER_ENROLMENT_PART);
  fingerprint_of (node_key, bytes + LIMBER_ENROLMENT_PART);
  hash_secret (bytes, "limber code name", id);
  hash_secret (bytes, "limber code key ", proof);
  if (!limber_database_execute (reader->database, error, "INSERT INTO enrolment(id, proof, class, site, name, made, expires, replaces) VALUES(?,?,?,?,?,?,?,?)", "bbtdtiid", id, sizeof id, proof, sizeof proof,
                                limber_class_name (enrolment->klass), site, enrolment->name, now, enrolment->expires > 0 ? enrolment->expires : now + 24 * 60 * 60 * 1000, enrolment->replaces))
    return FALSE;
  *code = code_to_text (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return TRUE;
}

/**
 * limber_enrolment_count_open:
 *
 * Returns: how many codes can still be used
 */
gint64
limber_enrolment_count_open (LimberReader *reader)
{
  return limber_database_integer (reader->database, 0, "SELECT count(*) FROM enrolment WHERE used_by IS NULL AND expires>=?", "i", limber_reader_now (reader));
}

static const LimberAuthor author = { "system:limber-node", "node" };

/* @edit: (inout): of the device that joins */
static gboolean
replace (LimberTransaction *transaction, LimberStatement *enrolment, LimberEdit *edit, GError **error)
{
  g_autoptr (LimberRecord) old = NULL;
  g_autoptr (LimberEdit) revocation = NULL;
  LimberId replaced;

  if (!limber_statement_blob_into (enrolment, 6, &replaced, sizeof replaced))
    return TRUE;
  old = limber_reader_get (limber_transaction_reader (transaction), "device", &replaced, error);
  if (old == NULL)
    return FALSE;
  limber_edit_set_integer (edit, "generation", limber_record_integer (old, "generation") + 1);
  revocation = limber_edit_new ("device", &replaced);
  limber_edit_set_integer (revocation, "revoked", 1);
  limber_edit_set_text (revocation, "leaving", limber_leaving_name (LIMBER_LEAVING_RETIRED));
  return limber_transaction_edit (transaction, revocation, &author, error);
}

/* What no number begins with: letters that are read as figures or as another letter. */
static const char tickets[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
#define TICKETS (sizeof tickets - 1)

/* Of one letter first, then of two. */
static void
ticket_letter (guint i, char letter[3])
{
  letter[0] = i < TICKETS ? tickets[i] : tickets[(i - TICKETS) / TICKETS];
  letter[1] = i < TICKETS ? '\0' : tickets[(i - TICKETS) % TICKETS];
  letter[2] = '\0';
}

static gboolean
is_taken (LimberTransaction *transaction, const LimberId *site, const char *letter)
{
  LimberDatabase *database = limber_transaction_reader (transaction)->database;
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 from, until;

  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_date_bounds (today, &from, &until);
  return limber_database_integer (database, 0, "SELECT 1 FROM device WHERE site=? AND letter=? AND (\"left\" IS NULL OR \"left\">=?) LIMIT 1", "iti",
                                  limber_database_thing (database, site, FALSE, NULL), letter, from) == 1;
}

/* With what the numbers begin that the device gives to people who wait. Central begins at one end of the alphabet and a site's hub
 * at the other, so that they need not agree. */
static void
give_letter (LimberTransaction *transaction, LimberEdit *edit, const LimberId *site)
{
  gboolean hub = limber_transaction_reader (transaction)->klass == LIMBER_CLASS_HUB;
  char letter[3];

  for (guint i = 0; i < TICKETS * (TICKETS + 1); i++) {
    guint first = i < TICKETS ? 0 : TICKETS, length = i < TICKETS ? TICKETS : TICKETS * TICKETS;

    ticket_letter (hub ? first + length - 1 - (i - first) : i, letter);
    if (is_taken (transaction, site, letter))
      continue;
    limber_edit_set_text (edit, "letter", letter);
    return;
  }
}

/* Writes the record of the device that joins. */
static gboolean
make_device (LimberTransaction *transaction, LimberStatement *enrolment, const LimberJoin *join, LimberId *device, GError **error)
{
  g_autofree char *key = limber_base64_dup (join->key, sizeof join->key), *name = limber_statement_dup_text (enrolment, 3), *klass = limber_statement_dup_text (enrolment, 1);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId site;

  limber_id_init_new (device, limber_transaction_env (transaction));
  edit = limber_edit_new ("device", device);
  limber_edit_set_text (edit, "name", name);
  limber_edit_set_text (edit, "class", klass);
  if (limber_statement_blob_into (enrolment, 2, &site, sizeof site)) {
    limber_edit_set_id (edit, "site", &site);
    if (!g_str_equal (klass, limber_class_name (LIMBER_CLASS_BOARD)))
      give_letter (transaction, edit, &site);
  }
  limber_edit_set_text (edit, "key", key);
  limber_edit_set_integer (edit, "joined", limber_transaction_now (transaction));
  return replace (transaction, enrolment, edit, error) && limber_transaction_edit (transaction, edit, &author, error) &&
         limber_database_execute (limber_transaction_reader (transaction)->database, error, "UPDATE enrolment SET used_by=? WHERE id=?", "db", device, join->id, sizeof join->id);
}

/* A device that did not hear the answer asks again with the same key, and is the same device. */
static gboolean
is_same_device (LimberTransaction *transaction, const LimberId *device, const LimberJoin *join)
{
  g_autoptr (LimberRecord) record = limber_reader_get (limber_transaction_reader (transaction), "device", device, NULL);
  g_autofree char *key = limber_base64_dup (join->key, sizeof join->key);

  return record != NULL && g_strcmp0 (limber_record_text (record, "key"), key) == 0;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, why);
  return FALSE;
}

/* A code that @join names and proves, whoever has used it.
 * Returns: (transfer full) (nullable): its row */
static LimberStatement *
find_code (LimberReader *reader, const LimberJoin *join, GError **error)
{
  guint8 proof_key[LIMBER_ENROLMENT_HASH], proof[LIMBER_ENROLMENT_HASH];
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT proof, class, site, name, expires, used_by, replaces FROM enrolment WHERE id=?", "b", join->id, sizeof join->id);
  int step = statement != NULL ? limber_statement_step (statement, error) : -1;

  if (step < 0)
    return NULL;
  if (step == 1 && limber_statement_blob_into (statement, 0, proof_key, sizeof proof_key)) {
    prove (proof_key, join->key, proof);
    if (sodium_memcmp (proof, join->proof, sizeof proof) == 0)
      return g_steal_pointer (&statement);
  }
  refuse (error, _("This joining code is not known here. Check it, or ask for a new one where it was made."));
  return NULL;
}

static gboolean
check_expiry (LimberStatement *code, gint64 now, GError **error)
{
  return sqlite3_column_int64 (code->stmt, 4) >= now || refuse (error, _("This joining code has expired. Ask for a new one where it was made."));
}

/**
 * limber_enrolment_look:
 * @join: what a device would ask for
 * @found: (out): what the code is for; to be cleared with limber_enrolled_clear()
 * @error: LIMBER_ERROR_UNAUTHORISED, in words for whoever stands before the device
 *
 * Says what a code is for, to whoever has it, without using it up.
 */
gboolean
limber_enrolment_look (LimberReader *reader, const LimberJoin *join, LimberEnrolled *found, GError **error)
{
  g_autoptr (LimberStatement) code = find_code (reader, join, error);
  g_autofree char *klass = NULL;
  LimberId used_by;

  memset (found, 0, sizeof *found);
  if (code == NULL)
    return FALSE;
  if (limber_statement_blob_into (code, 5, &used_by, sizeof used_by))
    return refuse (error, _("This joining code has been used already. Ask for a new one where it was made."));
  if (!check_expiry (code, limber_reader_now (reader), error))
    return FALSE;
  klass = limber_statement_dup_text (code, 1);
  if (!limber_class_parse (klass, &found->klass))
    return refuse (error, _("This joining code is not known here. Check it, or ask for a new one where it was made."));
  found->has_site = limber_statement_blob_into (code, 2, &found->site, sizeof found->site);
  found->name = limber_statement_dup_text (code, 3);
  found->expires = sqlite3_column_int64 (code->stmt, 4);
  return TRUE;
}

void
limber_enrolled_clear (LimberEnrolled *enrolled)
{
  g_clear_pointer (&enrolled->name, g_free);
}

/**
 * limber_enrolment_take:
 * @join: what a device asks for
 * @device: (out): the id that it gets
 * @error: LIMBER_ERROR_UNAUTHORISED, in words for whoever stands before the device
 *
 * Uses a code up: the device becomes a record.
 */
gboolean
limber_enrolment_take (LimberTransaction *transaction, const LimberJoin *join, LimberId *device, GError **error)
{
  g_autoptr (LimberStatement) code = find_code (limber_transaction_reader (transaction), join, error);

  if (code == NULL)
    return FALSE;
  if (limber_statement_blob_into (code, 5, device, sizeof *device))
    return is_same_device (transaction, device, join) || refuse (error, _("This joining code has been used already. Ask for a new one where it was made."));
  return check_expiry (code, limber_transaction_now (transaction), error) && make_device (transaction, code, join, device, error);
}
