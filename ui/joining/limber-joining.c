/* Each question has a cancellable of its own, by which a late answer to one that nobody waits for any more is known. A join that was
 * stopped may have been done all the same; then it has been done. */
#include "limber-joining.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-class-words.h"
#include "limber-client.h"
#include "limber-date.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"

struct _LimberJoining {
  GObject            parent_instance;
  char              *dir;         /* (owned): where the store is to be */
  LimberClass        classes;     /* that the program is for */
  LimberEnv         *env;         /* (owned) */
  LimberJoiningStage stage;
  char              *code;        /* (owned) (nullable): the one that is looked at, with its address */
  char              *wrong;       /* (owned) (nullable) */
  LimberOffer        offer;
  GCancellable      *cancellable; /* (owned) (nullable): of what a node is asked now */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LimberJoining, limber_joining, G_TYPE_OBJECT)

static void
clear_offer (LimberOffer *offer)
{
  g_free (offer->site);
  g_free (offer->name);
  g_free (offer->until);
  memset (offer, 0, sizeof *offer);
}

static void
forget_code (LimberJoining *self)
{
  if (self->code != NULL)
    explicit_bzero (self->code, strlen (self->code));
  g_clear_pointer (&self->code, g_free);
}

static void
go (LimberJoining *self, LimberJoiningStage stage, char *wrong)
{
  self->stage = stage;
  g_free (self->wrong);
  self->wrong = wrong;
  g_signal_emit (self, changed_signal, 0);
}

/* What a node or the line said against it, so that whoever stands here knows what to do now. */
static char *
wrong_words (const GError *error)
{
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE))
    return g_strdup (_("There is no line to where this code was made. Nothing was used up: check the network cable or the wireless network, then try again with the same code."));
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND))
    return g_strdup (_("What answers at the code’s address is no Limber, or one that is too old to say what its codes are for. Ask whoever gave you the code."));
  return g_strdup (error->message);
}

/* Why a program that serves @classes does not join with a code for @klass; %NULL when it does. */
static const char *
misfit_words (LimberClass classes, LimberClass klass)
{
  if ((klass & classes) != 0)
    return NULL;
  if (klass == LIMBER_CLASS_HUB)
    return _("This code is for a hub, which has no screen of its own. Whoever gave it to you sets that up. The code is not used up.");
  if (klass == LIMBER_CLASS_KIOSK && classes == LIMBER_CLASS_BOARD)
    return _("This code is for a check-in kiosk, and this screen was started for the waiting room. Whoever set this computer up starts the other one (limber-kiosk). The code is not used up.");
  if (klass == LIMBER_CLASS_BOARD && classes == LIMBER_CLASS_KIOSK)
    return _("This code is for a waiting-room screen, and this screen was started for checking in. Whoever set this computer up starts the other one (limber-board). The code is not used up.");
  if (klass == LIMBER_CLASS_KIOSK)
    return _("This code is for a check-in kiosk, which is another program. Start Limber Kiosk on that computer. The code is not used up.");
  if (klass == LIMBER_CLASS_BOARD)
    return _("This code is for a waiting-room screen, which is another program. Start Limber Kiosk on that computer. The code is not used up.");
  return _("This code is for a computer of staff’s. A public screen cannot use it: start Limber on that computer. The code is not used up.");
}

static void
read_offer (LimberJoining *self, const json_t *said)
{
  const char *site = limber_json_string (said, "site"), *name = limber_json_string (said, "name");
  gint64 expires = limber_json_integer (said, "expires", 0);
  g_autofree char *time = limber_time_for_staff (expires), *date = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  LimberClass klass = 0;

  limber_date_of_time (expires, day);
  date = limber_date_for_staff (day);
  clear_offer (&self->offer);
  if (!limber_class_parse (limber_json_string (said, "class"), &klass))
    klass = LIMBER_CLASS_HUB;
  self->offer = (LimberOffer){
    .site = g_strdup (site != NULL ? site : _("The whole service")),
    .klass = limber_class_words (klass),
    .what = limber_class_what (klass),
    .name = g_strdup (name != NULL ? name : ""),
    .until = g_strdup_printf ("%s %s", date, time),
    .misfit = misfit_words (self->classes, klass),
  };
}

/* Whether it answers what is waited for now. @stopped: whether somebody stopped that. */
static gboolean
take_answer (LimberJoining *self, GAsyncResult *result, gboolean *stopped)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));

  if (self->cancellable == NULL || cancellable != self->cancellable)
    return FALSE;
  *stopped = g_cancellable_is_cancelled (cancellable);
  g_clear_object (&self->cancellable);
  return TRUE;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberJoining) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) said = limber_client_look_finish (result, &error);
  gboolean stopped;

  if (!take_answer (self, result, &stopped))
    return;
  if (said != NULL && !stopped) {
    read_offer (self, said);
    go (self, LIMBER_JOINING_OFFERED, NULL);
  } else
    go (self, LIMBER_JOINING_TYPING, stopped ? NULL : wrong_words (error));
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberJoining) self = data;
  g_autoptr (GError) error = NULL;
  gboolean joined = limber_client_join_finish (result, &error), stopped;

  if (!take_answer (self, result, &stopped))
    return;
  if (joined) {
    forget_code (self);
    go (self, LIMBER_JOINING_JOINED, NULL);
  } else
    go (self, LIMBER_JOINING_TYPING, stopped ? g_strdup (_("Stopped. The same code is still good on this computer.")) : wrong_words (error));
}

static void
limber_joining_finalize (GObject *object)
{
  LimberJoining *self = LIMBER_JOINING (object);

  clear_offer (&self->offer);
  forget_code (self);
  g_clear_object (&self->cancellable);
  g_free (self->wrong);
  g_free (self->dir);
  limber_env_unref (self->env);
  G_OBJECT_CLASS (limber_joining_parent_class)->finalize (object);
}

static void
limber_joining_class_init (LimberJoiningClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_joining_finalize;
  changed_signal = g_signal_new ("changed", LIMBER_TYPE_JOINING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_joining_init (LimberJoining *self)
{
}

/**
 * limber_joining_new:
 * @dir: where the store is to be
 * @classes: the classes of device that the program serves
 *
 * Returns: (transfer full): one that waits for a code
 */
LimberJoining *
limber_joining_new (const char *dir, LimberClass classes, LimberEnv *env)
{
  LimberJoining *self = g_object_new (LIMBER_TYPE_JOINING, NULL);

  self->dir = g_strdup (dir);
  self->classes = classes;
  self->env = limber_env_ref (env);
  return self;
}

/**
 * limber_joining_look:
 * @code: as limber_joining_whole() returns it
 *
 * Asks what a code is for. Nothing is used up.
 */
void
limber_joining_look (LimberJoining *self, const char *code)
{
  limber_joining_stop (self);
  forget_code (self);
  self->code = g_strdup (code);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  limber_client_look_async (self->code, self->env, self->cancellable, on_looked, g_object_ref (self));
  go (self, LIMBER_JOINING_LOOKING, NULL);
}

/**
 * limber_joining_join:
 *
 * Joins with the code that was looked at, which is then used up.
 */
void
limber_joining_join (LimberJoining *self)
{
  g_return_if_fail (self->stage == LIMBER_JOINING_OFFERED && self->offer.misfit == NULL);
  self->cancellable = g_cancellable_new ();
  limber_client_join_async (self->dir, self->code, self->env, self->cancellable, on_joined, g_object_ref (self));
  go (self, LIMBER_JOINING_JOINING, NULL);
}

/**
 * limber_joining_again:
 *
 * Waits for a code, for the same one or another, when nothing is asked.
 */
void
limber_joining_again (LimberJoining *self)
{
  if (!limber_joining_is_asking (self))
    go (self, LIMBER_JOINING_TYPING, NULL);
}

/**
 * limber_joining_stop:
 *
 * Asks what is under way to stop; "changed" says when it has.
 */
void
limber_joining_stop (LimberJoining *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

LimberJoiningStage
limber_joining_get_stage (LimberJoining *self)
{
  return self->stage;
}

/**
 * limber_joining_is_asking:
 *
 * Returns: whether a node's answer is waited for
 */
gboolean
limber_joining_is_asking (LimberJoining *self)
{
  return self->stage == LIMBER_JOINING_LOOKING || self->stage == LIMBER_JOINING_JOINING;
}

/**
 * limber_joining_get_wrong:
 *
 * Returns: (nullable): what was wrong with the last try, and what to do now
 */
const char *
limber_joining_get_wrong (LimberJoining *self)
{
  return self->wrong;
}

/**
 * limber_joining_get_offer:
 *
 * Returns: (transfer none): what the code is for, from the time that it is known
 */
const LimberOffer *
limber_joining_get_offer (LimberJoining *self)
{
  return &self->offer;
}

/**
 * limber_joining_doing:
 *
 * Returns: what is waited for, a sentence
 */
const char *
limber_joining_doing (LimberJoining *self)
{
  return self->stage == LIMBER_JOINING_JOINING ? _("Joining…") : _("Asking what this code is for…");
}

/**
 * limber_joining_whole:
 * @code: what was typed
 * @address: (nullable): where its node is, when the code does not say that
 *
 * Returns: (transfer full) (nullable): the code with where its node is; %NULL while something is missing
 */
char *
limber_joining_whole (const char *code, const char *address)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address != NULL ? address : ""));

  if (limber_enrolment_count (code) != LIMBER_ENROLMENT_LETTERS)
    return NULL;
  if (strchr (code, '@') != NULL)
    return g_strdup (code);
  return *trimmed != '\0' ? g_strconcat (code, "@", trimmed, NULL) : NULL;
}

/**
 * limber_joining_lacks_address:
 *
 * Returns: whether a code is whole, but does not say where its node is
 */
gboolean
limber_joining_lacks_address (const char *code)
{
  return limber_enrolment_count (code) == LIMBER_ENROLMENT_LETTERS && strchr (code, '@') == NULL;
}

/**
 * limber_joining_count:
 * @code: what has been typed so far
 *
 * Returns: (transfer full): how far that is, a sentence
 */
char *
limber_joining_count (const char *code)
{
  int n = limber_enrolment_count (code);

  if (n < 0)
    return g_strdup (_("There is something that no code has. It is made of figures and letters, without U."));
  if (n > LIMBER_ENROLMENT_LETTERS)
    return g_strdup_printf (_("That is %d letters and figures; a code has %d."), n, LIMBER_ENROLMENT_LETTERS);
  if (limber_joining_lacks_address (code))
    return g_strdup (_("The code is whole, but does not say where it was made."));
  if (n == LIMBER_ENROLMENT_LETTERS)
    return g_strdup (_("The code is whole."));
  return g_strdup_printf (_("%d of %d letters and figures. Capitals, dashes and blanks do not matter."), n, LIMBER_ENROLMENT_LETTERS);
}
