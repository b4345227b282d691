// Written by scripts/generate-database-types.ts from the migrations: run `npm run types:db` after changing them.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

/** A table by its row: `Optional` columns have a default, `Generated` ones are never written. */
type Table<
  Row,
  Optional extends keyof Row,
  Relationships,
  Generated extends keyof Row = never,
  Written = Omit<Row, Generated> & { [Column in Generated]?: never },
> = {
  Row: Row;
  Insert: Omit<Written, Optional> & Partial<Pick<Written, Optional & keyof Written>>;
  Update: Partial<Written>;
  Relationships: Relationships;
};

/** A function by what it is given and what it gives. */
type Call<Args, Returns> = { Args: Args; Returns: Returns };

export type Database = {
  public: {
    Tables: {
      agent_memory: Table<{
        created_at: string;
        expires_at: string | null;
        id: string;
        key: string;
        message_id: string | null;
        quote: string | null;
        scope: 'short' | 'long' | 'preference' | 'context';
        updated_at: string;
        user_id: string;
        value: Json;
      }, 'created_at' | 'expires_at' | 'id' | 'message_id' | 'quote' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'agent_memory_message_id_fkey'; columns: ['message_id']; isOneToOne: false; referencedRelation: 'message'; referencedColumns: ['id'] },
      ]>;
      agent_task: Table<{
        created_at: string;
        error_code: string | null;
        finished_at: string | null;
        id: string;
        input: Json;
        kind: string;
        output: Json | null;
        progress: number;
        status: 'queued' | 'running' | 'done' | 'error';
        thread_id: string | null;
        updated_at: string;
        user_id: string;
      }, 'created_at' | 'error_code' | 'finished_at' | 'id' | 'input' | 'output' | 'progress' | 'status' | 'thread_id' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'agent_task_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
      agent_telemetry: Table<{
        cost_usd: number;
        created_at: string;
        event_type: 'llm_call' | 'tool_call' | 'retrieval' | 'embedding' | 'error';
        id: string;
        input_tokens: number;
        latency_ms: number;
        message_id: string | null;
        metadata: Json;
        model: string | null;
        ok: boolean;
        output_tokens: number;
        thread_id: string | null;
        token_count: number;
        tool_name: string | null;
        trace_id: string;
        user_id: string;
      }, 'cost_usd' | 'created_at' | 'id' | 'input_tokens' | 'latency_ms' | 'message_id' | 'metadata' | 'model' | 'ok' | 'output_tokens' | 'thread_id' | 'token_count' | 'tool_name' | 'user_id', []>;
      attachment: Table<{
        created_at: string;
        doc_id: string | null;
        file_name: string;
        file_path: string;
        id: string;
        mime_type: string;
        ready_at: string | null;
        size_bytes: number;
        thread_id: string | null;
        user_id: string;
      }, 'created_at' | 'doc_id' | 'id' | 'ready_at' | 'thread_id' | 'user_id', [
        { foreignKeyName: 'attachment_doc_id_user_id_fkey'; columns: ['doc_id', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
        { foreignKeyName: 'attachment_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
      audit_log: Table<{
        action: string;
        actor: 'student' | 'service';
        code: string | null;
        created_at: string;
        duration_ms: number;
        id: number;
        metadata: Json;
        network: string | null;
        outcome: 'success' | 'failure';
        subject: string | null;
        user_id: string;
      }, 'actor' | 'code' | 'created_at' | 'duration_ms' | 'metadata' | 'network' | 'outcome' | 'subject' | 'user_id', [], 'id'>;
      availability_block: Table<{
        created_at: string;
        dow: number;
        end_min: number;
        id: string;
        start_min: number;
        timezone: string;
        user_id: string;
      }, 'created_at' | 'id' | 'user_id', []>;
      belief_contest: Table<{
        contested_at: string;
        topic: string;
        topic_key: string;
        user_id: string;
      }, 'contested_at' | 'user_id', []>;
      block: Table<{
        blocked_name: string | null;
        blocked_user_id: string;
        created_at: string;
        user_id: string;
      }, 'blocked_name' | 'created_at' | 'user_id', []>;
      chunk_code: Table<{
        chunk_id: number;
        code: string;
        doc_id: string;
        user_id: string;
      }, 'user_id', [
        { foreignKeyName: 'chunk_code_chunk_id_fkey'; columns: ['chunk_id']; isOneToOne: true; referencedRelation: 'doc_chunk'; referencedColumns: ['id'] },
        { foreignKeyName: 'chunk_code_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      chunk_lex: Table<{
        chunk_id: number;
        doc_id: string;
        user_id: string;
        weights: string;
      }, 'user_id', [
        { foreignKeyName: 'chunk_lex_chunk_id_fkey'; columns: ['chunk_id']; isOneToOne: true; referencedRelation: 'doc_chunk'; referencedColumns: ['id'] },
        { foreignKeyName: 'chunk_lex_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      deck: Table<{
        created_at: string;
        desired_retention: number;
        exam_date: string | null;
        id: string;
        name: string;
        new_order: 'added' | 'shuffled';
        new_per_day: number | null;
        reviews_per_day: number | null;
        updated_at: string;
        user_id: string;
      }, 'created_at' | 'desired_retention' | 'exam_date' | 'id' | 'new_order' | 'new_per_day' | 'reviews_per_day' | 'updated_at' | 'user_id', []>;
      doc_chunk: Table<{
        char_end: number | null;
        char_start: number | null;
        content: string;
        content_hash: string | null;
        doc_id: string;
        embedding: string | null;
        embedding_model: string | null;
        heading_path: string[];
        id: number;
        metadata: Json;
        ord: number;
        page_end: number | null;
        page_start: number | null;
        token_count: number | null;
        user_id: string;
      }, 'char_end' | 'char_start' | 'content_hash' | 'embedding' | 'embedding_model' | 'heading_path' | 'metadata' | 'page_end' | 'page_start' | 'token_count' | 'user_id', [
        { foreignKeyName: 'doc_chunk_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ], 'id'>;
      doc_chunk_draft: Table<{
        char_end: number;
        char_start: number;
        content: string;
        content_hash: string;
        doc_id: string;
        heading_path: string[];
        lex_weights: string;
        ord: number;
        page_end: number | null;
        page_start: number | null;
        token_count: number;
        user_id: string;
      }, 'heading_path' | 'page_end' | 'page_start', [
        { foreignKeyName: 'doc_chunk_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      doc_embedding_draft: Table<{
        doc_id: string;
        embedding: string;
        ord: number;
        user_id: string;
      }, never, [
        { foreignKeyName: 'doc_embedding_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      doc_page: Table<{
        char_end: number;
        char_start: number;
        content: string;
        doc_id: string;
        label: string | null;
        page: number;
        user_id: string;
        words: Json | null;
      }, 'label' | 'user_id' | 'words', [
        { foreignKeyName: 'doc_page_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      doc_page_draft: Table<{
        char_count: number;
        content: string;
        doc_id: string;
        label: string | null;
        page: number;
        user_id: string;
        words: Json | null;
      }, 'label' | 'words', [
        { foreignKeyName: 'doc_page_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      doc_source: Table<{
        account: Json;
        chunk_count: number;
        content_hash: string | null;
        course: string | null;
        created_at: string;
        earlier_id: string | null;
        embedding_model: string | null;
        encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh' | 'windows-1250' | 'iso-8859-2' | 'windows-1257' | 'windows-1251' | 'koi8-u' | 'ibm866' | 'iso-8859-5' | 'x-mac-cyrillic' | 'windows-1253' | 'iso-8859-7' | 'windows-1254' | 'windows-1255' | 'windows-1256' | 'iso-8859-6' | 'windows-874' | 'windows-1258' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp' | 'gb18030' | 'big5' | 'euc-kr' | null;
        error_code: string | null;
        error_message: string | null;
        fetched_at: string | null;
        file_name: string | null;
        file_path: string | null;
        id: string;
        index_version: number;
        ingest_run: number;
        is_english: boolean;
        locator: 'page' | 'section' | 'row' | 'slide' | 'sheet' | 'time';
        mime_type: string | null;
        page_count: number | null;
        pages_read: number;
        progress: number;
        queued_at: string | null;
        refetch: boolean;
        replaced_by: string | null;
        reread_after: string | null;
        reread_tries: number;
        size_bytes: number | null;
        sketch: number[];
        source_type: 'upload' | 'url' | 'note' | 'session' | 'transcript' | 'attachment';
        source_url: string | null;
        stage: 'extracting' | 'chunking' | 'embedding' | 'storing' | null;
        status: 'pending' | 'processing' | 'ready' | 'error';
        tags: string[];
        thread_id: string | null;
        title: string;
        updated_at: string;
        user_id: string;
      }, 'account' | 'chunk_count' | 'content_hash' | 'course' | 'created_at' | 'earlier_id' | 'embedding_model' | 'encoding' | 'error_code' | 'error_message' | 'fetched_at' | 'file_name' | 'file_path' | 'id' | 'index_version' | 'ingest_run' | 'is_english' | 'locator' | 'mime_type' | 'page_count' | 'pages_read' | 'progress' | 'queued_at' | 'refetch' | 'replaced_by' | 'reread_after' | 'reread_tries' | 'size_bytes' | 'sketch' | 'source_type' | 'source_url' | 'stage' | 'status' | 'tags' | 'thread_id' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'doc_source_replaced_by_user_id_fkey'; columns: ['replaced_by', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
        { foreignKeyName: 'doc_source_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
      earlier_fact: Table<{
        created_at: string;
        expires_at: string | null;
        id: string;
        key: string;
        message_id: string;
        quote: string | null;
        scope: 'short' | 'long' | 'preference' | 'context';
        updated_at: string;
        user_id: string;
        value: Json;
      }, 'created_at' | 'expires_at' | 'id' | 'quote' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'earlier_fact_message_id_fkey'; columns: ['message_id']; isOneToOne: false; referencedRelation: 'message'; referencedColumns: ['id'] },
      ]>;
      flashcard: Table<{
        back: string;
        cloze_index: number;
        created_at: string;
        deck_id: string;
        difficulty: number;
        due: string;
        elapsed_days: number;
        front: string;
        guid: string;
        id: string;
        kind: 'basic' | 'cloze';
        lapses: number;
        last_review: string | null;
        learning_steps: number;
        metadata: Json;
        proposed: boolean;
        reps: number;
        scheduled_days: number;
        source: Json | null;
        source_doc_id: string | null;
        stability: number;
        state: number;
        suspended: boolean;
        tags: string[];
        topic: string | null;
        updated_at: string;
        user_id: string;
      }, 'cloze_index' | 'created_at' | 'difficulty' | 'due' | 'elapsed_days' | 'guid' | 'id' | 'kind' | 'lapses' | 'last_review' | 'learning_steps' | 'metadata' | 'proposed' | 'reps' | 'scheduled_days' | 'source' | 'source_doc_id' | 'stability' | 'state' | 'suspended' | 'tags' | 'topic' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'flashcard_deck_id_user_id_fkey'; columns: ['deck_id', 'user_id']; isOneToOne: false; referencedRelation: 'deck'; referencedColumns: ['id', 'user_id'] },
        { foreignKeyName: 'flashcard_source_doc_id_user_id_fkey'; columns: ['source_doc_id', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
      ]>;
      highlight: Table<{
        char_start: number;
        color: 'blue' | 'green' | 'red' | 'grey';
        created_at: string;
        doc_id: string;
        id: string;
        lost_run: number | null;
        note: string;
        page: number;
        prefix: string;
        quote: string;
        suffix: string;
        updated_at: string;
        user_id: string;
      }, 'color' | 'created_at' | 'id' | 'lost_run' | 'note' | 'prefix' | 'suffix' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'highlight_doc_id_user_id_fkey'; columns: ['doc_id', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
      ]>;
      learning_profile: Table<{
        analytics: Json;
        created_at: string;
        evidence_mark: string | null;
        evidence_read_at: string | null;
        recommended_focus: string[];
        strengths: string[];
        updated_at: string;
        user_id: string;
        weaknesses: string[];
      }, 'analytics' | 'created_at' | 'evidence_mark' | 'evidence_read_at' | 'recommended_focus' | 'strengths' | 'updated_at' | 'user_id' | 'weaknesses', []>;
      lex_df: Table<{
        df: number;
        term: number;
        user_id: string;
      }, 'user_id', []>;
      match_candidate: Table<{
        candidate_user_id: string;
        computed_at: string;
        facets: Json;
        score: number;
        user_id: string;
      }, 'computed_at' | 'facets' | 'user_id', []>;
      message: Table<{
        created_at: string;
        heartbeat_at: string;
        id: string;
        is_chosen: boolean;
        is_shown: boolean;
        metadata: Json;
        parent_id: string | null;
        parts: Json;
        request_id: string | null;
        role: 'user' | 'assistant';
        seq: number;
        status: 'streaming' | 'done' | 'stopped' | 'error';
        thread_id: string;
        updated_at: string;
        user_id: string;
        words: string | null;
      }, 'created_at' | 'heartbeat_at' | 'id' | 'is_chosen' | 'is_shown' | 'metadata' | 'parent_id' | 'parts' | 'request_id' | 'status' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'message_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ], 'seq' | 'words'>;
      note: Table<{
        content: string;
        doc_id: string;
        indexed_revision: number;
        request_id: string | null;
        revision: number;
        updated_at: string;
        user_id: string;
      }, 'indexed_revision' | 'request_id' | 'revision' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'note_doc_id_fkey'; columns: ['doc_id']; isOneToOne: true; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
      ]>;
      note_image: Table<{
        created_at: string;
        doc_id: string;
        file_path: string;
        id: string;
        mime_type: 'image/png' | 'image/jpeg' | 'image/webp';
        size_bytes: number;
        user_id: string;
      }, 'created_at' | 'id' | 'user_id', [
        { foreignKeyName: 'note_image_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'note'; referencedColumns: ['doc_id'] },
      ]>;
      note_version: Table<{
        content: string;
        created_at: string;
        doc_id: string;
        revision: number;
        user_id: string;
      }, never, [
        { foreignKeyName: 'note_version_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'note'; referencedColumns: ['doc_id'] },
      ]>;
      nudge: Table<{
        deliver_at: string | null;
        from_name: string | null;
        id: string;
        message: string;
        metadata: Json;
        nudge_type: 'study_invite' | 'reminder' | 'match_suggestion' | 'plan_update';
        responded_at: string | null;
        sent_at: string;
        status: 'sent' | 'read' | 'accepted' | 'declined';
        to_user_id: string;
        user_id: string;
      }, 'deliver_at' | 'from_name' | 'id' | 'metadata' | 'responded_at' | 'sent_at' | 'status' | 'user_id', []>;
      nudge_seen: Table<{
        nudge_id: string;
        user_id: string;
      }, 'user_id', [
        { foreignKeyName: 'nudge_seen_nudge_id_fkey'; columns: ['nudge_id']; isOneToOne: true; referencedRelation: 'nudge'; referencedColumns: ['id'] },
      ]>;
      passage_change: Table<{
        about: string;
        card_id: string | null;
        created_at: string;
        doc_id: string;
        id: string;
        item_id: string | null;
        new_page: number | null;
        new_text: string | null;
        old_text: string;
        quiz_id: string | null;
        user_id: string;
      }, 'card_id' | 'created_at' | 'id' | 'item_id' | 'new_page' | 'new_text' | 'quiz_id' | 'user_id', [
        { foreignKeyName: 'passage_change_card_id_user_id_fkey'; columns: ['card_id', 'user_id']; isOneToOne: true; referencedRelation: 'flashcard'; referencedColumns: ['id', 'user_id'] },
        { foreignKeyName: 'passage_change_doc_id_user_id_fkey'; columns: ['doc_id', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
        { foreignKeyName: 'passage_change_quiz_id_user_id_fkey'; columns: ['quiz_id', 'user_id']; isOneToOne: false; referencedRelation: 'quiz'; referencedColumns: ['id', 'user_id'] },
      ]>;
      persona: Table<{
        created_at: string;
        hints: boolean;
        id: string;
        instructions: string;
        slug: string;
        style: string;
        title: string;
        updated_at: string;
        user_id: string | null;
      }, 'created_at' | 'hints' | 'id' | 'slug' | 'style' | 'title' | 'updated_at' | 'user_id', []>;
      presence: Table<{
        current_activity: 'idle' | 'studying' | 'in_session' | 'available';
        free_until: string | null;
        is_live: boolean;
        is_online: boolean;
        last_seen: string;
        user_id: string;
      }, 'current_activity' | 'free_until' | 'is_live' | 'is_online' | 'last_seen' | 'user_id', []>;
      presence_choice: Table<{
        channel_key: string | null;
        is_hidden: boolean;
        user_id: string;
      }, 'channel_key' | 'is_hidden' | 'user_id', []>;
      presence_hour: Table<{
        first_week: string;
        hour_of_week: number;
        last_week: string;
        user_id: string;
        weeks: number;
      }, 'user_id' | 'weeks', []>;
      presence_notice: Table<{
        changed_at: string;
        user_id: string;
      }, 'changed_at' | 'user_id', []>;
      profile: Table<{
        created_at: string;
        display_name: string | null;
        goals: string[];
        grade_level: string | null;
        language: 'en' | 'de' | 'es' | 'fr' | null;
        learning_style: 'visual' | 'auditory' | 'kinesthetic' | 'reading' | null;
        preferences: Json;
        subjects: string[];
        timezone: string;
        updated_at: string;
        user_id: string;
        visibility: 'private' | 'matches' | 'everyone';
      }, 'created_at' | 'display_name' | 'goals' | 'grade_level' | 'language' | 'learning_style' | 'preferences' | 'subjects' | 'timezone' | 'updated_at' | 'user_id' | 'visibility', []>;
      push_subscription: Table<{
        auth: string;
        cards_hour: number | null;
        cards_told_on: string | null;
        created_at: string;
        device: string | null;
        endpoint: string;
        id: string;
        nudges: boolean;
        nudges_told_at: string;
        p256dh: string;
        user_id: string;
      }, 'cards_hour' | 'cards_told_on' | 'created_at' | 'device' | 'id' | 'nudges' | 'nudges_told_at' | 'user_id', []>;
      quiz: Table<{
        created_at: string;
        difficulty: 'easy' | 'medium' | 'hard' | 'mixed';
        id: string;
        items: Json;
        metadata: Json;
        questions: number | null;
        thread_id: string | null;
        topic: string;
        user_id: string;
      }, 'created_at' | 'difficulty' | 'id' | 'metadata' | 'thread_id' | 'user_id', [
        { foreignKeyName: 'quiz_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ], 'questions'>;
      quiz_attempt: Table<{
        answers: Json;
        correct: number | null;
        finished_at: string | null;
        id: string;
        item_ids: string[];
        quiz_id: string;
        score: number | null;
        started_at: string;
        total: number | null;
        user_id: string;
      }, 'answers' | 'correct' | 'finished_at' | 'id' | 'item_ids' | 'score' | 'started_at' | 'total' | 'user_id', [
        { foreignKeyName: 'quiz_attempt_quiz_id_user_id_fkey'; columns: ['quiz_id', 'user_id']; isOneToOne: false; referencedRelation: 'quiz'; referencedColumns: ['id', 'user_id'] },
      ]>;
      quiz_item_report: Table<{
        created_at: string;
        item_id: string;
        quiz_id: string;
        reason: string | null;
        user_id: string;
      }, 'created_at' | 'reason' | 'user_id', [
        { foreignKeyName: 'quiz_item_report_quiz_id_user_id_fkey'; columns: ['quiz_id', 'user_id']; isOneToOne: false; referencedRelation: 'quiz'; referencedColumns: ['id', 'user_id'] },
      ]>;
      quota: Table<{
        day: string;
        kind: string;
        used: number;
        user_id: string;
      }, 'used' | 'user_id', []>;
      report: Table<{
        created_at: string;
        id: string;
        note: string | null;
        reason: 'spam' | 'harassment' | 'inappropriate' | 'safety' | 'other';
        reported_on: string;
        reported_user_id: string;
        user_id: string;
      }, 'created_at' | 'id' | 'note' | 'reported_on' | 'user_id', []>;
      review_log: Table<{
        card_before: Json | null;
        card_id: string;
        difficulty: number;
        due: string;
        duration_ms: number | null;
        id: string;
        rating: number;
        request_id: string | null;
        reviewed_at: string;
        scheduled_days: number;
        stability: number;
        state: number;
        undone_at: string | null;
        user_id: string;
      }, 'card_before' | 'duration_ms' | 'id' | 'request_id' | 'reviewed_at' | 'undone_at' | 'user_id', [
        { foreignKeyName: 'review_log_card_id_user_id_fkey'; columns: ['card_id', 'user_id']; isOneToOne: false; referencedRelation: 'flashcard'; referencedColumns: ['id', 'user_id'] },
      ]>;
      room: Table<{
        channel_id: string;
        closed_at: string | null;
        code: string;
        created_at: string;
        ends_at: string;
        id: string;
        last_seq: number;
        nudge_id: string | null;
        revision: number;
        status: 'open' | 'closed';
        timer: Json;
        timer_history: Json;
        title: string | null;
        user_id: string;
      }, 'channel_id' | 'closed_at' | 'code' | 'created_at' | 'ends_at' | 'id' | 'last_seq' | 'nudge_id' | 'revision' | 'status' | 'timer' | 'timer_history' | 'title' | 'user_id', [
        { foreignKeyName: 'room_nudge_id_fkey'; columns: ['nudge_id']; isOneToOne: false; referencedRelation: 'nudge'; referencedColumns: ['id'] },
      ]>;
      room_member: Table<{
        earlier_stays: Json;
        goal: string | null;
        is_removed: boolean;
        joined_at: string;
        left_at: string | null;
        room_id: string;
        seen_at: string;
        user_id: string;
      }, 'earlier_stays' | 'goal' | 'is_removed' | 'joined_at' | 'left_at' | 'seen_at' | 'user_id', [
        { foreignKeyName: 'room_member_room_id_fkey'; columns: ['room_id']; isOneToOne: false; referencedRelation: 'room'; referencedColumns: ['id'] },
      ]>;
      room_message: Table<{
        body: string;
        client_id: string;
        created_at: string;
        room_id: string;
        seq: number;
        user_id: string;
      }, 'created_at' | 'user_id', [
        { foreignKeyName: 'room_message_room_id_fkey'; columns: ['room_id']; isOneToOne: false; referencedRelation: 'room'; referencedColumns: ['id'] },
      ]>;
      room_race: Table<{
        ends_at: string;
        id: string;
        items: Json;
        room_id: string;
        started_at: string;
        topics: string[];
        user_id: string;
      }, 'ends_at' | 'id' | 'started_at' | 'topics' | 'user_id', [
        { foreignKeyName: 'room_race_room_id_fkey'; columns: ['room_id']; isOneToOne: true; referencedRelation: 'room'; referencedColumns: ['id'] },
      ]>;
      room_racer: Table<{
        answered: number | null;
        answers: Json;
        correct: number;
        last_right_at: string | null;
        race_id: string;
        user_id: string;
      }, 'answers' | 'correct' | 'last_right_at' | 'user_id', [
        { foreignKeyName: 'room_racer_race_id_fkey'; columns: ['race_id']; isOneToOne: false; referencedRelation: 'room_race'; referencedColumns: ['id'] },
      ], 'answered'>;
      share_link: Table<{
        created_at: string;
        expires_at: string | null;
        id: string;
        snapshot: Json;
        thread_id: string;
        title: string;
        token_hash: string;
        user_id: string;
        with_sources: boolean;
      }, 'created_at' | 'expires_at' | 'id' | 'user_id' | 'with_sources', [
        { foreignKeyName: 'share_link_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
      study_plan: Table<{
        archived_at: string | null;
        created_at: string;
        days_per_week: number;
        deadline: string | null;
        detail: Json;
        ends_on: string;
        goals: string[];
        id: string;
        starts_on: string;
        time_per_day_min: number;
        title: string;
        updated_at: string;
        user_id: string;
        version: number;
        week_blocks: Json;
        weekdays: number[];
      }, 'archived_at' | 'created_at' | 'deadline' | 'detail' | 'ends_on' | 'goals' | 'id' | 'starts_on' | 'updated_at' | 'user_id' | 'version' | 'week_blocks' | 'weekdays', []>;
      thread: Table<{
        archived_at: string | null;
        continued_from: string | null;
        created_at: string;
        deleted_at: string | null;
        id: string;
        mask: Json;
        persona: string | null;
        pinned_at: string | null;
        title: string | null;
        updated_at: string;
        user_id: string;
      }, 'archived_at' | 'continued_from' | 'created_at' | 'deleted_at' | 'id' | 'mask' | 'persona' | 'pinned_at' | 'title' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'thread_continued_from_user_id_fkey'; columns: ['continued_from', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
      thread_summary: Table<{
        covers_seq: number;
        created_at: string;
        remembered_seq: number;
        sentences: Json;
        thread_id: string;
        updated_at: string;
        user_id: string;
      }, 'covers_seq' | 'created_at' | 'remembered_seq' | 'sentences' | 'updated_at' | 'user_id', [
        { foreignKeyName: 'thread_summary_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: true; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
      ]>;
    };
    Views: {
      ai_cost_summary: {
        Row: {
          average_latency_ms: number | null;
          calls: number | null;
          cost_usd: number | null;
          day: string | null;
          failures: number | null;
          input_tokens: number | null;
          model: string | null;
          output_tokens: number | null;
          token_count: number | null;
          user_id: string | null;
        };
        Relationships: [];
      };
    };
    Functions: {
      act_in_room: Call<{ p_action: string | null; p_detail?: Json | null; p_room_id: string | null }, Json>;
      activate_study_plan: Call<{ p_plan_id: string | null }, Database['public']['Tables']['study_plan']['Row']>;
      add_attachment: Call<{ p_extension: string | null; p_file_name: string | null; p_is_read: boolean | null; p_max_unfinished: number | null; p_mime_type: string | null; p_size_bytes: number | null; p_thread_id?: string | null }, Json>;
      add_document: Call<{ p_content_hash: string | null; p_course: string | null; p_extension: string | null; p_file_name: string | null; p_max_unfinished: number | null; p_mime_type: string | null; p_size_bytes: number | null; p_source_type?: string | null; p_source_url?: string | null; p_title: string | null }, Json>;
      add_flashcards: Call<{ p_cards: Json | null; p_proposed: boolean | null; p_source_doc_id?: string | null }, Json>;
      answer_nudge: Call<{ p_id: string | null; p_status: string | null }, Json>;
      answer_question: Call<{ p_attempt_id: string | null; p_confidence?: string | null; p_duration_ms?: number | null; p_item_id: string | null; p_option_id: string | null; p_text?: string | null }, Json>;
      answer_race: Call<{ p_item_id: string | null; p_option_id: string | null; p_race_id: string | null; p_room_id: string | null }, Json>;
      answered_items: Call<{ p_quiz_ids: string[] | null }, Array<{ quiz_id: string; item: Json }>>;
      begin_approval: Call<{ p_approvals: Json | null; p_history_limit?: number | null; p_thread_id: string | null }, Json>;
      begin_ingestion: Call<{ p_doc_id: string | null; p_index_version?: number | null; p_run: number | null }, Json>;
      begin_regenerate: Call<{ p_history_limit?: number | null; p_message_id?: string | null; p_nudge?: string | null; p_request_id?: string | null; p_thread_id: string | null }, Json>;
      begin_turn: Call<{ p_attachments?: string[] | null; p_edits?: string | null; p_history_limit?: number | null; p_opens_thread?: boolean | null; p_request_id?: string | null; p_text: string | null; p_thread_id: string | null; p_title?: string | null }, Json>;
      blocked_people: Call<Record<PropertyKey, never>, Json>;
      card_overview: Call<{ p_now: string | null }, Json>;
      change_deck: Call<{ p_change: Json | null; p_deck_id: string | null; p_dues: Json | null }, Json>;
      change_documents: Call<{ p_change: Json | null; p_ids: string[] | null }, Json>;
      change_fact: Call<{ p_id: string | null; p_key: string | null; p_value: string | null }, undefined>;
      change_preferences: Call<{ p_change: Json | null }, Json>;
      chat_switch: Call<Record<PropertyKey, never>, Json>;
      choose_presence: Call<{ p_free_minutes?: number | null; p_is_hidden: boolean | null }, Json>;
      claim_notes: Call<{ p_embedding_model: string | null; p_index_version: number | null; p_limit: number | null; p_user_id: string | null }, Array<{ document_id: string; run: number; revision: number; content: string }>>;
      claim_pushes: Call<{ p_limit?: number | null; p_now?: string | null }, Json>;
      claim_thread: Call<{ p_thread_id: string | null }, Database['public']['Tables']['thread']['Row']>;
      close_dead_answer: Call<{ p_message_id: string | null; p_silent_seconds: number | null }, boolean>;
      close_dead_answers: Call<Record<PropertyKey, never>, number>;
      contest_belief: Call<{ p_topic: string | null; p_topic_key: string | null }, undefined>;
      continue_thread: Call<{ p_summary: string | null; p_thread_id: string | null; p_title: string | null }, string>;
      copy_document: Call<{ p_from: string | null; p_to: string | null }, Json>;
      cost_report: Call<{ p_by: string | null; p_from: string | null; p_to: string | null }, Array<{ key: string; calls: number; failures: number; input_tokens: number; output_tokens: number; cost_usd: number }>>;
      count_use: Call<{ p_kind: string | null; p_per_day: number | null; p_used: number | null; p_user_id: string | null }, boolean>;
      create_quiz: Call<{ p_quiz: Json | null }, string>;
      create_study_plan: Call<{ p_only_if_none?: boolean | null; p_plan: Json | null }, Database['public']['Tables']['study_plan']['Row']>;
      deck_fronts: Call<{ p_names: string[] | null }, Json>;
      deck_schedule: Call<{ p_deck_id: string | null }, Json>;
      delete_thread: Call<{ p_thread_id: string | null }, boolean>;
      documents_within: Call<{ p_thread_id?: string | null }, Database['public']['Tables']['doc_source']['Row'][]>;
      empty_bin: Call<Record<PropertyKey, never>, number>;
      enter_room: Call<{ p_code: string | null; p_goal?: string | null; p_join?: boolean | null }, Json>;
      erase_rows: Call<{ p_id: string | null }, boolean>;
      erasure_files: Call<{ p_id: string | null; p_removed?: number | null }, Array<{ bucket: string; name: string }>>;
      erasure_receipt: Call<{ p_id: string | null }, Json>;
      erasure_traces: Call<{ p_after?: number | null; p_id: string | null }, Json>;
      export_flashcards: Call<{ p_after: string | null; p_deck_id: string | null; p_limit: number | null; p_user_id?: string | null }, Json>;
      exported_rows: Call<{ p_from: number | null; p_limit: number | null; p_table: string | null; p_user_id: string | null }, Json>;
      fail_ingestion: Call<{ p_code: string | null; p_doc_id: string | null; p_message: string | null; p_run: number | null; p_said?: Json | null }, boolean>;
      find_anything: Call<{ p_limit?: number | null; p_query: string | null }, Array<{ kind: string; id: string; title: string; detail: string }>>;
      find_flashcards: Call<{ p_deck_id: string | null; p_limit: number | null; p_offset: number | null; p_query: string | null; p_tag?: string | null; p_which: string | null }, Json>;
      finish_attempt: Call<{ p_attempt_id: string | null }, Json>;
      finish_erasure: Call<{ p_id: string | null }, undefined>;
      finish_turn: Call<{ p_mask?: Json | null; p_message_id: string | null; p_metadata: Json | null; p_parts: Json | null; p_status: string | null; p_telemetry: Json | null; p_title: string | null }, Json>;
      forget_facts: Call<{ p_id?: string | null }, number>;
      forget_presence: Call<{ p_seen_at: string | null; p_user_id: string | null }, boolean>;
      import_flashcards: Call<{ p_cards: Json | null }, Json>;
      import_notes: Call<{ p_notes: Json | null }, number>;
      is_writable: Call<Record<PropertyKey, never>, boolean>;
      keep_facts: Call<{ p_facts: Json | null; p_remembered?: number | null; p_thread_id?: string | null; p_user_id: string | null }, undefined>;
      keep_flashcards: Call<{ p_drop: string[] | null; p_keep: Json | null }, Json>;
      known_people: Call<{ p_limit?: number | null }, Array<{ user_id: string; display_name: string }>>;
      known_terms: Call<{ p_terms: number[] | null; p_user_id: string | null }, Array<{ term: number; df: number }>>;
      learning_evidence: Call<{ p_user_id: string | null }, Json>;
      learning_evidence_mark: Call<{ p_user_id: string | null }, string>;
      list_facts: Call<Record<PropertyKey, never>, Array<{ id: string; scope: string; key: string; value: Json; quote: string | null; message_id: string | null; thread_id: string | null; expires_at: string | null; updated_at: string }>>;
      list_matches: Call<{ p_limit?: number | null }, Json>;
      list_nudges: Call<{ p_id?: string | null; p_limit?: number | null }, Json>;
      list_threads: Call<{ p_archived?: boolean | null; p_backwards?: boolean | null; p_id?: string | null; p_limit?: number | null; p_pinned?: boolean | null; p_query?: string | null; p_updated_at?: string | null }, Array<{ id: string; title: string | null; pinned_at: string | null; archived_at: string | null; continued_from: string | null; created_at: string; updated_at: string; message_count: number; message_id: string | null; excerpt: string | null; place: string }>>;
      matching_students: Call<{ p_after: string | null; p_limit: number | null; p_only?: string | null }, Array<{ user_id: string; subjects: string[]; grade_level: string | null; learning_style: string | null; strengths: string[]; weaknesses: string[]; topics: Json }>>;
      move_highlights: Call<{ p_doc_id: string | null; p_earlier_id: string | null; p_places: Json | null; p_user_id: string | null }, number>;
      my_visibility: Call<Record<PropertyKey, never>, Json>;
      name_document: Call<{ p_document_id: string | null; p_instead_of: string[] | null; p_title: string | null }, undefined>;
      note_act: Call<{ p_action: string | null; p_code?: string | null; p_duration_ms?: number | null; p_subject?: string | null }, undefined>;
      nudge_inbox: Call<{ p_limit?: number | null }, Json>;
      online_people: Call<{ p_activity?: string | null; p_limit?: number | null }, Json>;
      open_erasures: Call<Record<PropertyKey, never>, string[]>;
      open_room: Call<{ p_goal?: string | null; p_nudge_id?: string | null; p_timer?: Json | null; p_title?: string | null }, Json>;
      operation_figures: Call<Record<PropertyKey, never>, Json>;
      orphaned_files: Call<{ p_bucket?: string | null; p_limit?: number | null; p_older_than_hours: number | null }, string[]>;
      own_presence: Call<Record<PropertyKey, never>, Json>;
      people_overview: Call<{ p_matches?: number | null; p_online?: number | null }, Json>;
      person_availability: Call<{ p_user_id?: string | null }, Json>;
      person_insight: Call<{ p_user_id: string | null }, Json>;
      place_highlights: Call<{ p_doc_id: string | null; p_places: Json | null }, number>;
      plan_material: Call<Record<PropertyKey, never>, Json>;
      presence_channels: Call<{ p_ids: string[] | null }, Json>;
      prune_audit: Call<{ p_days: number | null }, number>;
      prune_matches: Call<Record<PropertyKey, never>, number>;
      public_profiles: Call<{ p_ids: string[] | null }, Array<{ user_id: string; display_name: string; grade_level: string | null; subjects: string[]; learning_style: string | null; timezone: string }>>;
      publish_document: Call<{ p_account?: Json | null; p_content_hash: string | null; p_doc_id: string | null; p_embedding_model?: string | null; p_index_version?: number | null; p_is_english?: boolean | null; p_locator?: string | null; p_run?: number | null }, Json>;
      publish_notes: Call<{ p_embedding_model: string | null; p_index_version: number | null; p_notes: Json | null; p_user_id: string | null }, number>;
      quiz_overview: Call<{ p_limit?: number | null; p_unfinished_only?: boolean | null }, Array<{ id: string; topic: string; difficulty: string; questions: number; asked: number; created_at: string; running_attempt_id: string | null; running_answered: number | null; running_total: number | null; finished_attempts: number; last_score: number | null; last_correct: number | null; last_total: number | null; last_finished_at: string | null }>>;
      read_audit: Call<{ p_action?: string | null; p_before?: number | null; p_everybody?: boolean | null; p_from?: string | null; p_limit?: number | null; p_outcome?: string | null; p_to?: string | null; p_who?: string | null }, Array<{ id: number; user_id: string; email: string; actor: string; action: string; subject: string; outcome: string; code: string; network: string; duration_ms: number; metadata: Json; created_at: string }>>;
      read_learning_profile: Call<{ p_user_id: string | null }, Json>;
      read_quiz: Call<{ p_quiz_id: string | null }, Json>;
      read_room: Call<{ p_after?: number | null; p_room_id: string | null }, Json>;
      reconcile_documents: Call<{ p_missing_message: string | null; p_missing_minutes: number | null; p_stalled_message?: string | null; p_stalled_minutes: number | null }, Array<{ document_id: string; user_id: string; run: number }>>;
      replace_availability: Call<{ p_windows: Json | null }, Json>;
      replace_document: Call<{ p_doc_id: string | null; p_earlier_id: string | null }, undefined>;
      report_question: Call<{ p_item_id: string | null; p_quiz_id: string | null; p_reason?: string | null }, undefined>;
      request_erasure: Call<Record<PropertyKey, never>, string>;
      request_ingestion: Call<{ p_again?: boolean | null; p_doc_id: string | null; p_encoding?: string | null }, Json>;
      reread_documents: Call<{ p_at_once: number | null; p_embedding_model: string | null; p_index_version: number | null; p_per_student: number | null }, Array<{ document_id: string; user_id: string; run: number }>>;
      reread_many: Call<{ p_ids: string[] | null }, number>;
      restore_thread: Call<{ p_thread_id: string | null }, boolean>;
      restore_version: Call<{ p_doc_id: string | null }, undefined>;
      reuse_vectors: Call<{ p_doc_ids: string[] | null; p_embedding_model: string | null }, Array<{ document_id: string; ord: number }>>;
      review_card: Call<{ p_review: Json | null }, string>;
      review_cards: Call<{ p_reviews: Json | null }, Json>;
      review_context: Call<{ p_card_ids: string[] | null; p_request_ids: string[] | null }, Json>;
      review_queue: Call<{ p_ahead: boolean | null; p_deck_id: string | null; p_limit: number | null; p_new: Json | null; p_now: string | null }, Json>;
      save_answers: Call<{ p_answers: Json | null }, string[]>;
      save_learning_profile: Call<{ p_analytics: Json | null; p_mark: string | null; p_read_at: string | null; p_recommended_focus: string[] | null; p_strengths: string[] | null; p_user_id: string | null; p_weaknesses: string[] | null }, boolean>;
      save_message: Call<{ p_message_id: string | null; p_metadata: Json | null; p_parts: Json | null; p_status: string | null }, boolean>;
      save_note: Call<{ p_base: number | null; p_content: string | null; p_course?: string | null; p_id: string | null; p_keeps?: boolean | null; p_request_id: string | null; p_tags?: string[] | null; p_title: string | null }, Json>;
      save_push: Call<{ p_subscription: Json | null }, string>;
      save_study_plan: Call<{ p_plan: Json | null; p_plan_id: string | null; p_version: number | null }, Database['public']['Tables']['study_plan']['Row']>;
      save_telemetry: Call<{ p_rows: Json | null }, undefined>;
      save_thread: Call<{ p_messages: Json | null; p_thread_id: string | null; p_title: string | null; p_usual_title: string | null }, Json>;
      schedule_retry: Call<{ p_back: string | null; p_front: string | null; p_guid: string | null }, Json>;
      search_chunks: Call<{ match_count: number | null; match_threshold: number | null; p_user_id: string | null; query_embedding: string | null }, Array<{ doc_id: string; ord: number; content: string; metadata: Json; similarity: number }>>;
      search_chunks_hybrid: Call<{ dense_weight?: number | null; lexical_weight?: number | null; match_count: number | null; p_doc_ids?: string[] | null; p_embedding_model?: string | null; p_match_threshold?: number | null; p_thread_id?: string | null; p_user_id: string | null; query_embedding: string | null; query_terms: number[] | null }, Array<{ chunk_id: number; doc_id: string; ord: number; content: string; metadata: Json; similarity: number | null; lexical_score: number | null; score: number; term_idf: number[]; chunk_count: number; title: string; course: string | null; locator: string; page_count: number | null; account: Json }>>;
      send_nudge: Call<{ p_message: string | null; p_metadata?: Json | null; p_nudge_type: string | null; p_to_user_id: string | null }, Json>;
      send_room_message: Call<{ p_body: string | null; p_client_id: string | null; p_room_id: string | null }, Json>;
      session_is_open: Call<Record<PropertyKey, never>, boolean>;
      set_room_timer: Call<{ p_action: string | null; p_revision: number | null; p_room_id: string | null; p_timer: Json | null }, Json>;
      settle_passages: Call<{ p_changed: Json | null; p_doc_id: string | null; p_earlier_id: string | null; p_moved: Json | null; p_user_id: string | null }, number>;
      shared_thread: Call<{ p_token: string | null }, Json>;
      show_version: Call<{ p_message_id: string | null; p_thread_id: string | null }, undefined>;
      spread_chunks: Call<{ p_count: number | null; p_offset?: number | null; p_sources: Json | null; p_thread_id?: string | null }, Array<{ chunk_id: number; doc_id: string; ord: number; content: string; metadata: Json; title: string; course: string | null; locator: string; page_count: number | null }>>;
      start_attempt: Call<{ p_item_ids?: string[] | null; p_quiz_id: string | null }, Json>;
      start_race: Call<{ p_quiz_ids: string[] | null; p_room_id: string | null; p_topics: string[] | null }, Json>;
      store_approvals: Call<{ p_approvals: Json | null; p_thread_id: string | null }, undefined>;
      store_matches: Call<{ p_keep?: number | null; p_reverse: Json | null; p_rows: Json | null; p_user_id: string | null }, number>;
      students_with_waiting_notes: Call<{ p_limit?: number | null }, string[]>;
      study_days: Call<{ p_now?: string | null }, Json>;
      sweep: Call<Record<PropertyKey, never>, Json>;
      sweep_presence: Call<Record<PropertyKey, never>, Json>;
      tag_flashcards: Call<{ p_add: string[] | null; p_ids: string[] | null; p_remove: string[] | null }, number>;
      thread_progress: Call<{ p_most?: number | null; p_thread_id: string | null; p_user_id: string | null }, Json>;
      tick_plan_task: Call<{ p_completed: boolean | null; p_plan_id: string | null; p_task_id: string | null }, Database['public']['Tables']['study_plan']['Row']>;
      tidy_rooms: Call<Record<PropertyKey, never>, Json>;
      touch_presence: Call<{ p_activity?: string | null; p_is_live?: boolean | null; p_is_online?: boolean | null }, Json>;
      turn_chat: Call<{ p_off: boolean | null; p_reason?: string | null }, Json>;
      turn_context: Call<{ p_before_seq: number | null; p_history_limit: number | null; p_thread_id: string | null }, Json>;
      undo_review: Call<{ p_now: string | null; p_request_id: string | null }, Json>;
      usage_today: Call<Record<PropertyKey, never>, Json>;
      windows_of: Call<{ p_user_id: string | null }, Json>;
    };
    Enums: { [_ in never]: never };
    CompositeTypes: { [_ in never]: never };
  };
};

type Public = Database['public'];

/** A row of a table as it is read. */
export type Row<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Row'];
/** A row of a table as it is inserted. */
export type Insert<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Insert'];
/** What of a row can be changed. */
export type Update<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Update'];
