#include "limber-print.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

#define MARGIN_MM 10
#define PATIENCE_SECONDS 5 /* for a printer to be found: where the print service does not run, GTK looks for ever */

/* One printing: it lives as long as its operation; what it tells, it tells once. */
typedef struct {
  LimberPrintable printable; /* its object is (owned) */
  gboolean        at_once;
  LimberPrintDone done;  /* (nullable) */
  gpointer        data;
  GDestroyNotify  destroy; /* (nullable) */
  guint           patience; /* 0 when nothing is waited for */
} Job;

/* @error: (nullable) */
static void
tell (Job *job, gboolean printed, const GError *error)
{
  g_clear_handle_id (&job->patience, g_source_remove);
  if (job->done != NULL)
    job->done (printed, error, job->data);
  if (job->destroy != NULL)
    job->destroy (job->data);
  job->done = NULL;
  job->destroy = NULL;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  job->done = NULL;
  tell (job, FALSE, NULL);
  job->printable.free (job->printable.object);
  g_free (job);
}

static gboolean
no_printer_came (gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = g_object_ref (data);
  Job *job = g_object_get_data (G_OBJECT (operation), "limber-job");
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("Nothing was printed: no printer was found."));

  job->patience = 0;
  gtk_print_operation_cancel (operation); /* whoever prints it another way does not want it twice */
  tell (job, FALSE, error);
  return G_SOURCE_REMOVE;
}

static void
begin_print (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  g_clear_handle_id (&job->patience, g_source_remove);
  gtk_print_operation_set_n_pages (operation, (int) job->printable.paginate (job->printable.object, gtk_print_context_get_width (context), gtk_print_context_get_height (context)));
}

static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  job->printable.draw (job->printable.object, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
finished (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL, why = NULL;
  gboolean nobody_asked = result == GTK_PRINT_OPERATION_RESULT_CANCEL && job->at_once; /* so nobody cancelled it */

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &why);
  if (why != NULL) /* Translators: %s is what the print service says. */
    g_set_error (&error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Nothing was printed: %s"), why->message);
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR || nobody_asked)
    g_set_error_literal (&error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("Nothing was printed: no printer was found."));
  tell (job, result == GTK_PRINT_OPERATION_RESULT_APPLY || result == GTK_PRINT_OPERATION_RESULT_IN_PROGRESS, error);
}

static GtkPageSetup *
page_setup (GtkPageOrientation orientation)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_orientation (setup, orientation);
  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  return setup;
}

static GtkPrintOperation *
new_operation (Job *job, GtkPageOrientation orientation)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup (orientation);

  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, FALSE);
  g_object_set_data_full (G_OBJECT (operation), "limber-job", job, job_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page), job);
  return operation;
}

static GtkPrintOperationAction
action_of (GtkPrintOperation *operation, gboolean at_once)
{
#ifdef LIMBER_TEST_HOOKS
  const char *file = g_getenv ("LIMBER_PRINT_TO"); /* a PDF instead of a printer */

  if (file != NULL) {
    gtk_print_operation_set_export_filename (operation, file);
    return GTK_PRINT_OPERATION_ACTION_EXPORT;
  }
#endif
  return at_once ? GTK_PRINT_OPERATION_ACTION_PRINT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
}

static void
run (GtkWindow *window, Job *job, const char *name, GtkPageOrientation orientation)
{
  g_autoptr (GtkPrintOperation) operation = new_operation (job, orientation);

  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "done", G_CALLBACK (finished), job);
  if (job->at_once)
    job->patience = g_timeout_add_seconds (PATIENCE_SECONDS, no_printer_came, operation);
  gtk_print_operation_run (operation, action_of (operation, job->at_once), window, NULL);
}

/**
 * limber_print_upright:
 * @window: over which the print dialog is shown
 * @printable: its object is (transfer full)
 * @name: of the job, as the printer's queue shows it: no person's
 * @done: (nullable): called when it was handed over, or not
 * @destroy: (nullable): called for @data when all is over
 *
 * Prints on A4 upright, on the usual printer, without asking anything.
 */
void
limber_print_upright (GtkWindow *window, const LimberPrintable *printable, const char *name, LimberPrintDone done, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ *printable, TRUE, done, data, destroy, 0 };
  run (window, job, name, GTK_PAGE_ORIENTATION_PORTRAIT);
}

/**
 * limber_print:
 * @window: over which the print dialog is shown
 * @paper: (transfer full): what is printed
 * @name: of the job, as the printer's queue shows it: no person's
 * @at_once: without asking anything, on the usual printer
 * @done: (nullable): called when it was handed over, or not
 * @destroy: (nullable): called for @data when all is over
 *
 * Prints a paper, A4 across.
 */
void
limber_print (GtkWindow *window, LimberPaper *paper, const char *name, gboolean at_once, LimberPrintDone done, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ { paper, (LimberPaginateFunc) limber_paper_paginate, (LimberDrawFunc) limber_paper_draw, (GDestroyNotify) limber_paper_free }, at_once, done, data, destroy, 0 };
  run (window, job, name, GTK_PAGE_ORIENTATION_LANDSCAPE);
}
