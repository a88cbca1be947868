/* What is taken in has been looked at before: another folder or another mapping is looked at again. The folder for what is refused stands in
 * that of the lists, as a folder of its own. */
#include "limber-setup-lists.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-import.h"
#include "limber-job.h"
#include "limber-json.h"

#define REFUSED "refused"

struct _LimberSetupLists {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;  /* (unowned) (nullable) */
  LimberJob             *job;   /* (owned) (nullable): what is under way */
  gboolean               looks; /* it only looks */
  GtkStack              *stack;
  GtkEntry              *folder;
  GtkEntry              *mapping;
  GtkWidget             *look;
  GtkWidget             *take;
  GtkWidget             *working;
  GtkLabel              *doing;
  GtkProgressBar        *bar;
  GtkWidget             *stop;
  GtkWidget             *wrong_box;
  GtkLabel              *wrong;
  GtkWidget             *report_box;
  GtkLabel              *report_title;
  GtkLabel              *report;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupLists, limber_setup_lists, GTK_TYPE_WIDGET)

/* What is done, for the thread. */
typedef struct {
  LimberStore *store;   /* (owned) */
  char        *dir;     /* (owned) */
  char        *mapping; /* (owned) (nullable) */
  char        *refused; /* (owned) */
  gboolean     dry_run;
  char        *author;  /* (owned) */
  char        *role;    /* (owned) */
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_object_unref (taking->store);
  g_free (taking->dir);
  g_free (taking->mapping);
  g_free (taking->refused);
  g_free (taking->author);
  g_free (taking->role);
  g_free (taking);
}

static void
told (const char *file, gint64 rows, gint64 done, gint64 size, gpointer job)
{
  limber_job_tell (job, size > 0 ? (double) done / (double) size : 1);
}

static gboolean
may (LimberReader *reader, gpointer data, GError **error)
{
  const Taking *taking = data;

  return limber_set_up_may (reader, &(LimberAuthor){ taking->author, taking->role }, error);
}

static gpointer
take_in (LimberJob *job, gpointer data, GError **error)
{
  Taking *taking = data;
  const LimberImportPlan plan = { .dir = taking->dir, .mapping = taking->mapping, .refused = taking->dry_run ? NULL : taking->refused, .dry_run = taking->dry_run,
                                  .cancellable = limber_job_cancellable (job), .progress = told, .data = job };
  g_autoptr (json_t) report = limber_store_read (taking->store, may, taking, error) ? limber_import_run (taking->store, &plan, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (report == NULL)
    return NULL;
  limber_import_to_text (report, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
say_wrong (LimberSetupLists *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (self->wrong_box, text != NULL);
}

static void
show_working (LimberSetupLists *self)
{
  gtk_widget_set_visible (self->working, self->job != NULL);
  gtk_widget_set_sensitive (self->look, self->job == NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->folder), self->job == NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->mapping), self->job == NULL);
}

/* Something else is typed: it has not been looked at. */
static void
typed (LimberSetupLists *self)
{
  gtk_widget_set_sensitive (self->take, FALSE);
  gtk_widget_set_visible (self->report_box, FALSE);
  say_wrong (self, NULL);
}

static void
show_progress (LimberSetupLists *self, double done)
{
  gtk_progress_bar_set_fraction (self->bar, MAX (done, 0));
}

static void
ended (LimberJob *job, LimberSetupLists *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = limber_job_finish (job, &error);
  gboolean stopped = g_cancellable_is_cancelled (limber_job_cancellable (job));

  if (job != self->job)
    return;
  g_clear_object (&self->job);
  show_working (self);
  gtk_widget_set_sensitive (self->take, report != NULL && self->looks && !stopped);
  say_wrong (self, error != NULL ? error->message : NULL);
  gtk_widget_set_visible (self->report_box, report != NULL);
  if (report == NULL)
    return;
  gtk_label_set_text (self->report_title, self->looks ? _("This is what would be done") : stopped ? _("Stopped: this much was done") : _("This was done"));
  gtk_label_set_text (self->report, g_strchomp (report));
  if (!self->looks)
    g_signal_emit (self, signals[SAID], 0, stopped ? _("Stopped. What was taken in is kept; take the lists in again to go on.") : _("The lists are taken in"));
  gtk_widget_grab_focus (self->looks && !stopped ? self->take : self->look);
}

static void
begin (LimberSetupLists *self, gboolean looks)
{
  g_autofree char *dir = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->folder)))), *mapping = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->mapping))));
  Taking *taking;

  if (self->work == NULL || self->job != NULL)
    return;
  if (!g_path_is_absolute (dir) || !g_file_test (dir, G_FILE_TEST_IS_DIR)) {
    say_wrong (self, _("Say a folder that is there, from its beginning: /media/stick/lists, for example."));
    gtk_widget_grab_focus (GTK_WIDGET (self->folder));
    return;
  }
  taking = g_new0 (Taking, 1);
  taking->store = g_object_ref (self->work->store);
  taking->refused = g_build_filename (dir, REFUSED, NULL);
  taking->dir = g_steal_pointer (&dir);
  taking->mapping = *mapping != '\0' ? g_steal_pointer (&mapping) : NULL;
  taking->dry_run = self->looks = looks;
  taking->author = g_strdup (self->work->author.author);
  taking->role = g_strdup (self->work->author.role);
  typed (self);
  gtk_label_set_text (self->doing, looks ? _("Looking at the lists…") : _("Taking in the lists…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->job = limber_job_new (take_in, taking, taking_free, g_free);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended), self, 0);
  show_working (self);
  limber_job_start (self->job);
  gtk_widget_grab_focus (self->stop);
}

static void
look (LimberSetupLists *self)
{
  begin (self, TRUE);
}

static void
take (LimberSetupLists *self)
{
  begin (self, FALSE);
}

static void
stop (LimberSetupLists *self)
{
  if (self->job != NULL)
    limber_job_stop (self->job);
}

/**
 * limber_setup_lists_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_lists_start (LimberSetupLists *self, const LimberSetupWork *work)
{
  self->work = work;
  gtk_stack_set_visible_child_name (self->stack, limber_import_may (work->store) ? "lists" : "elsewhere");
  typed (self);
  show_working (self);
}

/**
 * limber_setup_lists_stop:
 *
 * Ends it; long work is stopped.
 */
void
limber_setup_lists_stop (LimberSetupLists *self)
{
  stop (self);
  g_clear_object (&self->job);
  self->work = NULL;
}

static void
limber_setup_lists_dispose (GObject *object)
{
  limber_setup_lists_stop (LIMBER_SETUP_LISTS (object));
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_lists_parent_class)->dispose (object);
}

static void
limber_setup_lists_class_init (LimberSetupListsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_lists_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-lists.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, folder);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, mapping);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, look);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, take);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, working);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, doing);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, stop);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, report_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, report_title);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupLists, report);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, take);
  gtk_widget_class_bind_template_callback (widget_class, stop);
}

static void
limber_setup_lists_init (LimberSetupLists *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
